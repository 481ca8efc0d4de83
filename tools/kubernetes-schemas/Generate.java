import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Signature;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Writes the Kubernetes schema packs out of the published classes of the Java client. Runs by
/// itself, see README.md beside it. Classes are read, never loaded.
final class Generate {

    /// @param release of Kubernetes
    /// @param artifact version of io.kubernetes:client-java-api
    /// @param sha256 of its jar
    record Source(String release, String artifact, String sha256) {}

    private static final List<Source> SOURCES =
            List.of(
                    new Source("1.30", "21.0.2", "a776f385f75c60acb3394a6588ed0d2e80959d5d85004e3be0e745422be41c44"),
                    new Source("1.31", "22.0.1", "e1d859c285eb1116eaff4b28832889d5f62e7159d9d860cc08bc337ca082eec4"),
                    new Source("1.32", "23.0.0", "2bba28b574ea6c5379db349c1f7a15d3c2cbd55c26e18c7eb0addfd7c1d8a5a8"),
                    new Source("1.33", "24.0.0", "580bf0c6c7ab498cb53d16d975ee6fab8183e90c8993f39a9e739e100bb432d3"),
                    new Source("1.34", "25.0.0", "d5bde184fbd0d820ee5207065004c4c143a2beaab16f2f5137ce80cf5880ab40"),
                    new Source("1.35", "26.0.0", "8baf8faafe59db1db156fe0be5aba33977d9ed1f88ab9aa63fc57ebad6b7d1bd"),
                    new Source("1.36", "27.0.0", "1cc6b6c28784536c528e91022924bbd04fe161b589cb5c8a8175d17e7e3352a1"));

    private static final String CENTRAL =
            "https://repo1.maven.org/maven2/io/kubernetes/client-java-api/";
    private static final String MODELS = "io/kubernetes/client/openapi/models/";
    private static final String APIS = "io/kubernetes/client/openapi/apis/";
    private static final Pattern PATH =
            Pattern.compile("/(?:api/(v1)|apis/([a-z0-9.]+/v[0-9][a-z0-9]*))(/.*)?");
    private static final Pattern PREFIX = Pattern.compile("^([A-Z][a-z]+)??V\\d+((alpha|beta)\\d+)?");

    /// Posted below another object of another group: nobody writes them into files.
    private static final Set<String> SUBRESOURCES = Set.of("Eviction", "TokenRequest", "Scale");

    private final Map<String, ClassModel> models = new TreeMap<>();
    private final List<ClassModel> apis = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> kinds = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> types = new TreeMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    public static void main(String[] args) throws Exception {
        Path out = Path.of(args.length > 0 ? args[0] : "src/main/resources/kubernetes");
        Path jars = Path.of(args.length > 1 ? args[1] : System.getProperty("java.io.tmpdir"));
        Files.createDirectories(out);
        for (Source source : SOURCES) {
            Generate pack = new Generate();
            pack.read(jar(source, jars));
            byte[] json = pack.json(source).getBytes(StandardCharsets.US_ASCII);
            Path file = out.resolve(source.release() + ".json.gz");
            try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
                gzip.write(json);
            }
            System.out.printf(
                    "%s: %d kinds, %d types, %d bytes, %d packed%n",
                    source.release(),
                    pack.kinds.values().stream().mapToInt(Map::size).sum(),
                    pack.types.size(),
                    json.length,
                    Files.size(file));
        }
    }

    private static byte[] jar(Source source, Path jars) throws Exception {
        String name = "client-java-api-" + source.artifact() + ".jar";
        Path kept = jars.resolve(name);
        if (!Files.exists(kept)) {
            try (InputStream in =
                    URI.create(CENTRAL + source.artifact() + "/" + name).toURL().openStream()) {
                Files.copy(in, kept);
            }
        }
        byte[] bytes = Files.readAllBytes(kept);
        String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        if (!found.equals(source.sha256())) {
            throw new IllegalStateException(kept + " has the SHA-256 " + found);
        }
        return bytes;
    }

    private void read(byte[] jar) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (!name.endsWith(".class") || name.contains("$")) {
                    continue;
                }
                if (name.startsWith(MODELS)) {
                    String simple = name.substring(MODELS.length(), name.length() - 6);
                    models.put(simple, ClassFile.of().parse(zip.readAllBytes()));
                } else if (name.startsWith(APIS)) {
                    apis.add(ClassFile.of().parse(zip.readAllBytes()));
                }
            }
        }
        apis.forEach(this::kinds);
        while (!open.isEmpty()) {
            type(open.pop());
        }
    }

    /// What a `create…` method takes is a kind of the group that the class's paths name.
    private void kinds(ClassModel api) {
        Set<String> groups = new TreeSet<>();
        for (PoolEntry entry : api.constantPool()) {
            if (entry instanceof Utf8Entry text) {
                Matcher path = PATH.matcher(text.stringValue());
                if (path.matches()) {
                    groups.add(path.group(1) != null ? path.group(1) : path.group(2));
                }
            }
        }
        if (groups.size() != 1) {
            return;
        }
        String group = groups.iterator().next();
        for (MethodModel method : api.methods()) {
            if (!method.methodName().stringValue().startsWith("create")) {
                continue;
            }
            for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
                String model = model(parameter);
                String kind = PREFIX.matcher(model).replaceFirst("");
                boolean isKind =
                        !model.isEmpty()
                                && !SUBRESOURCES.contains(kind)
                                && fields(models.get(model)).containsKey("kind");
                if (isKind) {
                    kinds.computeIfAbsent(group, _ -> new TreeMap<>()).put(kind, model);
                    open.add(model);
                }
            }
        }
    }

    private String model(ClassDesc type) {
        String simple = type.displayName();
        return type.descriptorString().startsWith("L" + MODELS) && models.containsKey(simple)
                ? simple
                : "";
    }

    private void type(String name) {
        if (types.containsKey(name)) {
            return;
        }
        ClassModel model = models.get(name);
        Set<String> required = strings(model, "openapiRequiredFields");
        SortedMap<String, String> fields = fields(model);
        if (!strings(model, "openapiFields").equals(fields.keySet())) {
            throw new IllegalStateException(name + " lists other fields than it has");
        }
        fields.replaceAll((field, code) -> required.contains(field) ? code + "!" : code);
        types.put(name, fields);
        for (FieldModel field : model.fields()) {
            mentioned(signature(field));
        }
    }

    private void mentioned(Signature signature) {
        if (signature instanceof Signature.ClassTypeSig type) {
            String model = model(type.classDesc());
            if (!model.isEmpty()) {
                open.add(model);
            }
            for (Signature.TypeArg argument : type.typeArgs()) {
                if (argument instanceof Signature.TypeArg.Bounded bounded) {
                    mentioned(bounded.boundType());
                }
            }
        }
    }

    private SortedMap<String, String> fields(ClassModel model) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (FieldModel field : model.fields()) {
            serializedName(field).ifPresent(name -> fields.put(name, code(signature(field))));
        }
        return fields;
    }

    private static java.util.Optional<String> serializedName(FieldModel field) {
        if (field.flags().has(AccessFlag.STATIC)) {
            return java.util.Optional.empty();
        }
        return field.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(each -> each.className().stringValue().endsWith("/SerializedName;"))
                .flatMap((Annotation each) -> each.elements().stream())
                .filter(element -> element.name().stringValue().equals("value"))
                .map(element -> ((AnnotationValue.OfString) element.value()).stringValue())
                .findFirst();
    }

    private static Signature signature(FieldModel field) {
        return field.findAttribute(Attributes.signature())
                .map(attribute -> attribute.asTypeSignature())
                .orElseGet(() -> Signature.of(field.fieldTypeSymbol()));
    }

    /// The letters are those of docs/formats/kubernetes-schema-pack.md.
    private String code(Signature signature) {
        if (signature instanceof Signature.ArrayTypeSig) {
            return "x";
        }
        Signature.ClassTypeSig type = (Signature.ClassTypeSig) signature;
        String model = model(type.classDesc());
        if (!model.isEmpty()) {
            return "@" + model;
        }
        return switch (type.className()) {
            case "java/lang/String" -> "s";
            case "java/lang/Integer", "java/lang/Long" -> "i";
            case "java/lang/Double", "java/lang/Float" -> "n";
            case "java/lang/Boolean" -> "b";
            case "java/lang/Object" -> "y";
            case "java/time/OffsetDateTime" -> "t";
            case "io/kubernetes/client/custom/IntOrString" -> "I";
            case "io/kubernetes/client/custom/Quantity" -> "q";
            case "java/util/List" -> "L(" + argument(type, 0) + ")";
            case "java/util/Map" -> "M(" + argument(type, 1) + ")";
            default -> throw new IllegalStateException("no code for " + type.className());
        };
    }

    private String argument(Signature.ClassTypeSig type, int index) {
        return code(((Signature.TypeArg.Bounded) type.typeArgs().get(index)).boundType());
    }

    /// The texts that the class puts into a static set when it is initialised.
    private static Set<String> strings(ClassModel model, String set) {
        Set<String> found = new TreeSet<>();
        List<String> pending = new ArrayList<>();
        String[] current = {""};
        model.methods().stream()
                .filter(method -> method.methodName().stringValue().equals("<clinit>"))
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .forEach(element -> {
                    switch (element) {
                        case ConstantInstruction constant
                                when constant.constantValue() instanceof String text ->
                                pending.add(text);
                        case FieldInstruction field -> {
                            current[0] = field.name().stringValue();
                            if (current[0].equals(set)) {
                                found.addAll(pending);
                            }
                            pending.clear();
                        }
                        case InvokeInstruction call
                                when call.name().stringValue().equals("add") -> {
                            if (current[0].equals(set)) {
                                found.addAll(pending);
                            }
                            pending.clear();
                        }
                        default -> {}
                    }
                });
        return found;
    }

    private String json(Source source) {
        StringBuilder json = new StringBuilder("{\"format\":1,\"kubernetes\":");
        quote(json, source.release());
        json.append(",\"origin\":{\"package\":\"io.kubernetes:client-java-api\",\"version\":");
        quote(json, source.artifact());
        json.append(",\"license\":\"Apache-2.0\"},\"kinds\":");
        write(json, kinds);
        json.append(",\"types\":");
        write(json, types);
        return json.append('}').toString();
    }

    private static void write(StringBuilder json, Map<String, ? extends Map<String, String>> outer) {
        String comma = "{";
        for (var entry : outer.entrySet()) {
            quote(json.append(comma), entry.getKey());
            json.append(":{");
            String inner = "";
            for (var field : entry.getValue().entrySet()) {
                quote(json.append(inner), field.getKey());
                quote(json.append(':'), field.getValue());
                inner = ",";
            }
            json.append('}');
            comma = ",";
        }
        json.append('}');
    }

    private static void quote(StringBuilder json, String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\')) {
            throw new IllegalStateException("no plain text: " + text);
        }
        json.append('"').append(text).append('"');
    }
}
