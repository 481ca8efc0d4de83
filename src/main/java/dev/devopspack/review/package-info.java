/// What a change set would change and what is risky about it: given plans, the difference to the
/// last release, computed risk facts, the fixed cost and the deterministic text that people sign.
/// Facts only, no judgement: gates, approvals and storage live further out.
@NullMarked
package dev.devopspack.review;

import org.jspecify.annotations.NullMarked;
