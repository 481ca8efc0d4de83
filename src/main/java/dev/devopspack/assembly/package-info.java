/// Puts the inner services together: they are plain classes that know no framework. Read in this
/// order: {@link SharedAssembly} what all are given, {@link IdentityAssembly} who asks, {@link
/// JudgingAssembly} what judges, {@link ApprovalAssembly} who decides and what that opens, {@link
/// ExceptionAssembly} what people sign beside it, {@link EnforcementAssembly} where it is asked
/// for. What reaches outside puts itself together in `adapter`. Nothing depends on this package.
@NullMarked
package dev.devopspack.assembly;

import org.jspecify.annotations.NullMarked;
