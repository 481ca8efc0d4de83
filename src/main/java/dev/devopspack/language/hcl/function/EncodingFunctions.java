package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Hint;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// JSON, YAML, CSV, Base64 and URLs.
final class EncodingFunctions {

    private EncodingFunctions() {}

    static void addTo(Registry all) {
        all.any("jsonencode", 1, 1, EncodingFunctions::jsonEncode);
        all.any("jsondecode", 1, 1, EncodingFunctions::jsonDecode);
        all.whole("yamlencode", 1, a -> new Str(Yaml.write(a.value(0), a)));
        all.any("yamldecode", 1, 1, EncodingFunctions::yamlDecode);
        all.whole("csvdecode", 1, EncodingFunctions::csvDecode);
        all.whole("base64encode", 1, a -> new Str(base64(utf8(a.text(0)))));
        all.whole("base64decode", 1, a -> new Str(decoded(a, StandardCharsets.UTF_8)));
        all.whole("textencodebase64", 2, a -> new Str(base64(encoded(a, charset(a)))));
        all.whole("textdecodebase64", 2, a -> new Str(decoded(a, charset(a))));
        all.whole("urlencode", 1, a -> new Str(url(a.text(0))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// What is not known inside stays known to be inside.
    private static Value jsonEncode(Arguments arguments) {
        Value value = arguments.value(0);
        List<Unknown> unknown = new ArrayList<>();
        Functions.collect(value, unknown);
        return unknown.isEmpty()
                ? new Str(Json.write(value, arguments))
                : Unknown.from(unknown, new Hint.Json(value));
    }

    private static Value jsonDecode(Arguments arguments) {
        if (arguments.value(0) instanceof Unknown unknown) {
            return unknown.hint() instanceof Hint.Json(Value value)
                    ? value
                    : Unknown.from(List.of(unknown));
        }
        return Json.read(arguments.text(0), arguments);
    }

    private static Value yamlDecode(Arguments arguments) {
        return switch (arguments.value(0)) {
            case Unknown u when u.hint() instanceof Hint.Json(Value value) -> value;
            case Unknown u -> Unknown.from(List.of(u));
            default -> Yaml.read(arguments.text(0), arguments);
        };
    }

    private static Charset charset(Arguments arguments) {
        String name = arguments.text(1);
        try {
            return Charset.forName(name.toUpperCase(Locale.ROOT));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException notKnown) {
            throw arguments.problem(
                    "the encoding \"" + name + "\" is not known", "Use a name such as UTF-16LE");
        }
    }

    private static byte[] encoded(Arguments arguments, Charset charset) {
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(arguments.text(0)));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException noSuchCharacter) {
            throw arguments.problem(
                    "the text has characters that " + charset.name() + " has not",
                    "Use an encoding such as UTF-8");
        }
    }

    private static String decoded(Arguments arguments, Charset charset) {
        try {
            byte[] bytes = Base64.getDecoder().decode(arguments.text(0));
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException notBase64) {
            throw arguments.problem("the text is not Base64", "Give it standard Base64");
        } catch (CharacterCodingException notText) {
            throw arguments.problem(
                    "the bytes are not " + charset.name() + " text", "Keep them as Base64");
        }
    }

    private static String url(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : utf8(text)) {
            int c = b & 0xff;
            boolean plain = (Character.isLetterOrDigit(c) && c < 128) || "-_.~".indexOf(c) >= 0;
            if (plain) {
                encoded.append((char) c);
            } else if (c == ' ') {
                encoded.append('+');
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", c));
            }
        }
        return encoded.toString();
    }

    private static Value csvDecode(Arguments arguments) {
        List<List<String>> rows = Csv.rows(arguments);
        if (rows.isEmpty()) {
            throw arguments.problem("there is no header line", "Begin with the column names");
        }
        List<String> header = rows.getFirst();
        if (Set.copyOf(header).size() < header.size()) {
            throw arguments.problem("two columns have one name", "Name each column once");
        }
        List<Value> objects = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != header.size()) {
                throw arguments.problem(
                        "a line has " + row.size() + " fields and the header " + header.size(),
                        "Give every line the same number of fields");
            }
            Map<String, Value> members = new TreeMap<>();
            for (int i = 0; i < header.size(); i++) {
                members.put(header.get(i), new Str(row.get(i)));
            }
            objects.add(new ObjectValue(members, null));
        }
        return Value.list(objects);
    }
}
