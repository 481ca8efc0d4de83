/// Breaking the glass: one approver instead of several, for an incident, reviewed afterwards by
/// another person. Lifts the number of people and nothing else.
@NullMarked
package dev.devopspack.approval.emergency;

import org.jspecify.annotations.NullMarked;
