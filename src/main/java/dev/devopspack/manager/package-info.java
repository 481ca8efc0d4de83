/// The one place where the flow is written down: route, perform, freeze, judge, ask, remember.
/// Decides nothing itself: specialists write, gates judge, people decide. Its results are plain
/// records that every front door shows alike.
@NullMarked
package dev.devopspack.manager;

import org.jspecify.annotations.NullMarked;
