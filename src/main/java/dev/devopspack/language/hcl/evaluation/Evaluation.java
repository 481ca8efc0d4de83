package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.function.Budget;

/// What all modules of one tree share while they are evaluated.
final class Evaluation {

    /// Resource instances of the whole tree: the largest real plans have some thousands.
    private static final int INSTANCES = 20_000;

    /// Module instances of the whole tree.
    private static final int MODULES = 500;

    private final ModuleFiles files;
    private final String rootDirectory;
    private final Budget budget = new Budget(Budget.STEPS);
    private final Trace trace = new Trace();
    private final Lazy lazy = new Lazy(trace);
    private final ExpressionEvaluator expressions = new ExpressionEvaluator(this);
    private final BodyEvaluator bodies = new BodyEvaluator(this);
    private int instances;
    private int modules;
    private boolean stopped;

    Evaluation(ModuleFiles files, String rootDirectory) {
        this.files = files;
        this.rootDirectory = rootDirectory;
    }

    ModuleFiles files() {
        return files;
    }

    String rootDirectory() {
        return rootDirectory;
    }

    Budget budget() {
        return budget;
    }

    Trace trace() {
        return trace;
    }

    Lazy lazy() {
        return lazy;
    }

    ExpressionEvaluator expressions() {
        return expressions;
    }

    BodyEvaluator bodies() {
        return bodies;
    }

    /// True the first time it is asked: that the budget is spent is said once, not at every place.
    boolean stopsNow() {
        boolean first = !stopped;
        stopped = true;
        return first;
    }

    /// Takes room for instances; answers whether there is enough.
    boolean takesInstances(int count) {
        if (instances + (long) count > INSTANCES) {
            return false;
        }
        instances += count;
        return true;
    }

    boolean takesModules(int count) {
        if (modules + (long) count > MODULES) {
            return false;
        }
        modules += count;
        return true;
    }
}
