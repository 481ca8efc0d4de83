/// `devops_security`: says what is wrong with files that others wrote, by the rules of `policy`,
/// and how to mend it. Files that it is given are judged and forgotten. No verdicts and no waivers:
/// gates judge, people excuse.
@NullMarked
package dev.devopspack.specialist.security;

import org.jspecify.annotations.NullMarked;
