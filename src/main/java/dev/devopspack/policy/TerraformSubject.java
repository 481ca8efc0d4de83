package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A resource, data source, provider or module call of evaluated Terraform.
final class TerraformSubject implements Subject {

    private final String kind;
    private final String address;
    private final String file;
    private final Span header;
    private final Span span;
    private final EvaluatedBody body;
    private final Attributes self;
    private final Surroundings surroundings;
    private final boolean partial;

    /// Every resource of the type that is looked for asks for the same.
    private final Map<String, Set<String>> referencesByPath = new ConcurrentHashMap<>(2);

    private TerraformSubject(
            String kind,
            String address,
            String type,
            String file,
            Span header,
            Span span,
            EvaluatedBody body,
            Surroundings surroundings,
            @Nullable Set<String> known,
            List<EvaluatedBlock> meta) {
        this.kind = kind;
        this.address = address;
        this.file = file;
        this.header = header;
        this.span = span;
        this.body = body;
        this.surroundings = surroundings;
        Map<String, Object> values = new HashMap<>(TerraformValues.object(body));
        values.putAll(TerraformValues.object(new EvaluatedBody(Map.of(), meta, body.span())));
        // In camel case, because no attribute of Terraform is.
        values.put("resourceAddress", address);
        values.put("resourceType", type);
        values.put(
                "notKnown",
                values.keySet().stream()
                        .filter(name -> values.get(name) instanceof CelUnknownSet)
                        .sorted()
                        .toList());
        this.partial = known != null;
        if (known == null) {
            this.self = new Attributes(values, this);
        } else {
            known.forEach(name -> values.putIfAbsent(name, NullValue.NULL_VALUE));
            this.self =
                    new Attributes(
                            values,
                            this,
                            Unknowns.because("what the module makes of it is not in the files"));
        }
    }

    /// A resource that a module from elsewhere makes, as far as the call tells.
    ///
    /// @param body the resource's arguments by the resource's names
    /// @param known arguments that are known not to be set where they are not written
    static TerraformSubject made(
            EvaluatedModule.Call call,
            String type,
            EvaluatedBody body,
            Set<String> known,
            Surroundings surroundings) {
        return new TerraformSubject(
                "terraform/" + type,
                call.address(),
                type,
                call.file(),
                call.block().header(),
                call.block().span(),
                body,
                surroundings,
                known,
                List.of());
    }

    /// A module call itself, with its arguments.
    static TerraformSubject of(EvaluatedModule.Call call, Surroundings surroundings) {
        return new TerraformSubject(
                "terraform/module",
                call.address(),
                "module",
                call.file(),
                call.block().header(),
                call.block().span(),
                call.block().body(),
                surroundings,
                null,
                List.of());
    }

    static TerraformSubject of(EvaluatedResource resource, Surroundings surroundings) {
        String type = typeOf(resource);
        return new TerraformSubject(
                "terraform/" + type,
                resource.address(),
                type,
                resource.file(),
                resource.header(),
                resource.span(),
                resource.body(),
                surroundings,
                null,
                Stream.concat(
                                resource.meta().lifecycle().stream(),
                                resource.meta().provisioners().stream())
                        .toList());
    }

    static TerraformSubject of(EvaluatedModule.Provider provider, Surroundings surroundings) {
        return new TerraformSubject(
                "terraform/provider." + provider.name(),
                "provider."
                        + provider.name()
                        + (provider.alias().isEmpty() ? "" : "." + provider.alias()),
                "provider." + provider.name(),
                provider.file(),
                provider.block().header(),
                provider.block().span(),
                provider.block().body(),
                surroundings,
                null,
                List.of());
    }

    static String typeOf(EvaluatedResource resource) {
        return resource.mode() == EvaluatedResource.Mode.DATA
                ? "data." + resource.type()
                : resource.type();
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String address() {
        return address;
    }

    String file() {
        return file;
    }

    EvaluatedBody body() {
        return body;
    }

    @Override
    public boolean partial() {
        return partial;
    }

    @Override
    public Place place() {
        return place(header);
    }

    Place place(Span at) {
        return new Place(file, at.line(), at.column());
    }

    @Override
    public Optional<Place> placeOf(String path) {
        return spanOf(body, List.of(path.split("\\."))).map(this::place);
    }

    private static Optional<Span> spanOf(EvaluatedBody body, List<String> path) {
        Optional<EvaluatedAttribute> attribute = body.attribute(path.getFirst());
        if (attribute.isPresent()) {
            return attribute.map(EvaluatedAttribute::nameSpan);
        }
        Optional<EvaluatedBlock> block = block(body, path.getFirst());
        if (block.isEmpty()) {
            return Optional.empty();
        }
        Optional<Span> deeper =
                path.size() == 1
                        ? Optional.empty()
                        : spanOf(block.get().body(), path.subList(1, path.size()));
        return deeper.or(() -> block.map(EvaluatedBlock::header));
    }

    /// The block of a step such as `container` or `container[1]`.
    private static Optional<EvaluatedBlock> block(EvaluatedBody body, String step) {
        int bracket = step.indexOf('[');
        if (bracket < 0) {
            return body.blocks(step).stream().findFirst();
        }
        String index = step.substring(bracket + 1, step.length() - 1);
        return body.blocks(step.substring(0, bracket)).stream()
                .skip(Integer.parseInt(index))
                .findFirst();
    }

    @Override
    public Optional<Written> written() {
        return partial
                ? Optional.empty()
                : Optional.of(new Written(file, header.start(), List.of()));
    }

    @Override
    public int lastLine() {
        return span.endLine();
    }

    @Override
    public Attributes self() {
        return self;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    /// What the attribute's value is computed from, through all blocks: addresses of resources
    /// without instance keys.
    Set<String> references(String path) {
        return referencesByPath.computeIfAbsent(path, this::referencesOf);
    }

    private Set<String> referencesOf(String path) {
        List<EvaluatedBody> in = List.of(body);
        List<String> names = List.of(path.split("\\."));
        for (String name : names.subList(0, names.size() - 1)) {
            in =
                    in.stream()
                            .flatMap(each -> each.blocks(name).stream())
                            .map(EvaluatedBlock::body)
                            .toList();
        }
        return in.stream()
                .flatMap(each -> each.attribute(names.getLast()).stream())
                .flatMap(attribute -> addresses(attribute).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The resources that an attribute's value is computed from.
    static Set<String> addresses(EvaluatedAttribute attribute) {
        return attribute.references().stream()
                .map(Reference::address)
                .filter(address -> !isVariable(address))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// All that its attributes and blocks are computed from.
    Set<String> references() {
        Set<String> all = new HashSet<>();
        collect(body, all);
        return all;
    }

    private static void collect(EvaluatedBody from, Set<String> into) {
        from.attributes().values().forEach(attribute -> into.addAll(addresses(attribute)));
        from.blocks().forEach(block -> collect(block.body(), into));
    }

    private static boolean isVariable(String address) {
        String subject =
                address.substring(address.lastIndexOf('.', address.lastIndexOf('.') - 1) + 1);
        return subject.startsWith("var.") || subject.startsWith("local.");
    }

    /// The attribute at a path, through the first block of each name.
    Optional<EvaluatedAttribute> attribute(String path) {
        EvaluatedBody in = body;
        List<String> names = List.of(path.split("\\."));
        for (String name : names.subList(0, names.size() - 1)) {
            Optional<EvaluatedBlock> block = in.blocks(name).stream().findFirst();
            if (block.isEmpty()) {
                return Optional.empty();
            }
            in = block.get().body();
        }
        return in.attribute(names.getLast());
    }
}
