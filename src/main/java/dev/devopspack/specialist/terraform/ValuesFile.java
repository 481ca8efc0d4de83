package dev.devopspack.specialist.terraform;

import dev.devopspack.language.hcl.HclElement;
import dev.devopspack.language.hcl.HclExpression;
import dev.devopspack.language.hcl.HclPrinter;
import dev.devopspack.language.hcl.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes values as an HCL file of arguments, such as `production.auto.tfvars`.
final class ValuesFile {

    private ValuesFile() {}

    /// @param header a comment of ours, one line
    /// @param values by argument name; `String`, `Integer`, `Boolean`, lists and maps of texts
    static String of(String header, Map<String, Object> values) {
        List<HclElement> elements = new ArrayList<>();
        elements.add(new HclElement.Comment(header));
        elements.add(new HclElement.BlankLine());
        values.forEach((name, value) ->
                elements.add(new HclElement.Argument(name, new HclExpression.Literal(hcl(value)))));
        return HclPrinter.file(elements);
    }

    private static Value hcl(Object value) {
        return switch (value) {
            case String text -> new Value.Str(text);
            case Boolean flag -> new Value.Bool(flag);
            case Integer number -> new Value.Num(BigDecimal.valueOf(number));
            case List<?> items ->
                    new Value.ListValue(items.stream().map(ValuesFile::hcl).toList(), false);
            case Map<?, ?> pairs -> {
                Map<String, Value> members = new LinkedHashMap<>();
                pairs.forEach((name, item) -> members.put(name.toString(), hcl(item)));
                yield new Value.ObjectValue(members, null);
            }
            default -> throw new IllegalArgumentException("no HCL for " + value.getClass());
        };
    }
}
