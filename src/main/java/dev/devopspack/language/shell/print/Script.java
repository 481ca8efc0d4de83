package dev.devopspack.language.shell.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A few commands that are run together.
///
/// What they need is checked before any of them runs, also where a person pastes the script into a
/// terminal: everything that depends on a check hangs on it with `&&`.
///
/// @param preparations run in this order, each only if the one before held
/// @param body what is done then
/// @param stopsAtFailure whether a command runs only if the one before it succeeded
public record Script(List<Preparation> preparations, List<Pipeline> body, boolean stopsAtFailure) {

    /// What a script needs before it may begin.
    public sealed interface Preparation {

        String printed();

        /// A variable that the person sets.
        ///
        /// @param hint what to set it to
        record Need(String variable, String hint) implements Preparation {

            /// Nothing that ends a text within double quotes and braces, or is expanded there.
            private static final Pattern HINT = Pattern.compile("[A-Za-z0-9 ,.:;/()=_-]{1,160}");

            public Need {
                new Word.Variable(variable);
                if (!HINT.matcher(hint).matches()) {
                    throw new IllegalArgumentException("the hint '" + hint + "' cannot be printed");
                }
            }

            @Override
            public String printed() {
                return ": \"${" + variable + ":?" + hint + "}\"";
            }
        }

        /// A variable that has to name a folder below a folder: neither `/` nor what stands
        /// directly in it. Where it does not, nothing after it runs.
        record Deep(String variable) implements Preparation {
            public Deep {
                new Word.Variable(variable);
            }

            @Override
            public String printed() {
                return "[[ \"$" + variable + "\" == /?*/?* ]]";
            }
        }

        /// A variable that takes what a command wrote.
        record Capture(String variable, Pipeline pipeline) implements Preparation {
            public Capture {
                new Word.Variable(variable);
            }

            @Override
            public String printed() {
                return variable + "=\"$(" + pipeline.captured() + ")\"";
            }
        }
    }

    public Script {
        preparations = preparations.stream().distinct().toList();
        body = List.copyOf(body);
        if (body.isEmpty()) {
            throw new IllegalArgumentException("a script does something");
        }
    }

    public static Script of(Pipeline... body) {
        return new Script(List.of(), Arrays.asList(body), false);
    }

    public static Script of(Invocation... body) {
        return new Script(List.of(), Arrays.stream(body).map(Pipeline::of).toList(), false);
    }

    public Script after(List<Preparation> more) {
        List<Preparation> all = new ArrayList<>(more);
        all.addAll(preparations);
        return new Script(all, body, stopsAtFailure);
    }

    public Script needing(String variable, String hint) {
        List<Preparation> all = new ArrayList<>(preparations);
        all.add(new Preparation.Need(variable, hint));
        return new Script(all, body, stopsAtFailure);
    }

    /// The same, only where the variable names a folder below a folder.
    public Script onlyDeep(String variable) {
        List<Preparation> all = new ArrayList<>(preparations);
        all.add(new Preparation.Deep(variable));
        return new Script(all, body, stopsAtFailure);
    }

    public Script stoppingAtFailure() {
        return new Script(preparations, body, true);
    }

    public Script then(Script next) {
        List<Preparation> all = new ArrayList<>(preparations);
        all.addAll(next.preparations);
        List<Pipeline> both = new ArrayList<>(body);
        both.addAll(next.body);
        return new Script(all, both, stopsAtFailure || next.stopsAtFailure);
    }

    /// Every program that it runs, those within `$(…)` as well.
    public Stream<Invocation> invocations() {
        Stream<Pipeline> captured =
                preparations.stream()
                        .flatMap(each ->
                                each instanceof Preparation.Capture capture
                                        ? Stream.of(capture.pipeline())
                                        : Stream.empty());
        return Stream.concat(captured, body.stream()).flatMap(each -> each.steps().stream());
    }

    /// The variables that a person has to set.
    public List<Preparation.Need> needs() {
        return preparations.stream()
                .flatMap(each ->
                        each instanceof Preparation.Need need ? Stream.of(need) : Stream.empty())
                .toList();
    }

    /// The lines of the script, without a line feed at the end.
    public String printed() {
        StringBuilder out = new StringBuilder();
        preparations.forEach(each -> out.append(each.printed()).append(" &&\n"));
        boolean grouped = !preparations.isEmpty() && body.size() > 1 && !stopsAtFailure;
        if (grouped) {
            out.append("{\n");
        }
        for (int i = 0; i < body.size(); i++) {
            boolean last = i == body.size() - 1;
            String printed = body.get(i).printed();
            out.append(stopsAtFailure && !last ? chained(printed) : printed);
            out.append(last ? "" : "\n");
        }
        return grouped ? out.append("\n}").toString() : out.toString();
    }

    /// `&&` stands on the command's own line, before the lines that it reads.
    private static String chained(String printed) {
        int here = printed.indexOf(" <<'");
        if (here < 0) {
            return printed + " &&";
        }
        int end = printed.indexOf('\n', here);
        return printed.substring(0, end) + " &&" + printed.substring(end);
    }
}
