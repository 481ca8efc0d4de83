package dev.devopspack.policy;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private TerraformSubject(
            String kind,
            String address,
            String type,
            String file,
            Span header,
            Span span,
            EvaluatedBody body,
            List<EvaluatedBlock> lifecycle,
            Surroundings surroundings) {
        this.kind = kind;
        this.address = address;
        this.file = file;
        this.header = header;
        this.span = span;
        this.body = body;
        this.surroundings = surroundings;
        Map<String, Object> values = new HashMap<>(TerraformValues.object(body));
        if (!lifecycle.isEmpty()) {
            values.put(
                    "lifecycle",
                    lifecycle.stream()
                            .map(block -> new Attributes(TerraformValues.object(block.body())))
                            .toList());
        }
        // In camel case, because no attribute of Terraform is.
        values.put("resourceAddress", address);
        values.put("resourceType", type);
        values.put(
                "notKnown",
                values.keySet().stream()
                        .filter(name -> values.get(name) instanceof CelUnknownSet)
                        .sorted()
                        .toList());
        this.self = new Attributes(values, this);
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
                resource.meta().lifecycle(),
                surroundings);
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
                List.of(),
                surroundings);
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

    Span span() {
        return span;
    }

    EvaluatedBody body() {
        return body;
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

    /// What the attribute's value is computed from: addresses of resources without instance keys.
    Set<String> references(String path) {
        EvaluatedBody in = body;
        List<String> names = List.of(path.split("\\."));
        for (String name : names.subList(0, names.size() - 1)) {
            Optional<EvaluatedBlock> block = in.blocks(name).stream().findFirst();
            if (block.isEmpty()) {
                return Set.of();
            }
            in = block.get().body();
        }
        return in.attribute(names.getLast()).map(TerraformSubject::addresses).orElse(Set.of());
    }

    /// The resources that an attribute's value is computed from.
    static Set<String> addresses(EvaluatedAttribute attribute) {
        return attribute.references().stream()
                .map(Reference::address)
                .filter(address -> !isVariable(address))
                .collect(Collectors.toUnmodifiableSet());
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
