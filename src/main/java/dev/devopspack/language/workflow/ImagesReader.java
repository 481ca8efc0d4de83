package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the container of a job and its services.
final class ImagesReader {

    private static final List<String> CONTAINER_KEYS =
            List.of("image", "credentials", "env", "ports", "volumes", "options");
    private static final List<String> SERVICE_KEYS =
            List.of(
                    "image",
                    "credentials",
                    "env",
                    "ports",
                    "volumes",
                    "options",
                    "entrypoint",
                    "command");

    private final Reading reading;
    private final Contexts contexts;
    private final SharedKeys shared;
    private final List<ContainerImage> images = new ArrayList<>();

    ImagesReader(Reading reading, Contexts contexts) {
        this.reading = reading;
        this.contexts = contexts;
        this.shared = new SharedKeys(reading);
    }

    List<ContainerImage> images() {
        return images;
    }

    void container(Entry entry) {
        image(entry, "", "container", contexts.at(Place.JOB_CONTAINER));
    }

    void services(Entry entry) {
        Scope scope = contexts.at(Place.JOB_SERVICES);
        if (Reading.isExpression(entry.value())) {
            Type type = reading.structure((Scalar) entry.value(), "services", scope);
            if (type != Type.ANY && !(type instanceof Type.ObjectOf)) {
                reading.problem(
                        Kind.EXPRESSION,
                        entry.value().span(),
                        "'services' takes an object, and the expression gives " + type.shown());
            }
            return;
        }
        reading.mapping(entry.value(), "services")
                .ifPresent(services ->
                        services.entries()
                                .values()
                                .forEach(service ->
                                        image(service, service.key(), "service", scope)));
    }

    private void image(Entry entry, String service, String section, Scope scope) {
        if (Reading.isExpression(entry.value())) {
            Scalar scalar = (Scalar) entry.value();
            Type type = reading.structure(scalar, section, scope);
            if (!(type instanceof Type.ObjectOf)) {
                add(service, scalar, "");
            }
            return;
        }
        if (!(entry.value() instanceof Mapping mapping)) {
            reading.filledText(entry.value(), section, scope)
                    .ifPresent(image -> add(service, image, ""));
            return;
        }
        reading.mapping(mapping, section);
        reading.keys(
                mapping,
                service.isEmpty() ? "'container'" : "a service",
                service.isEmpty() ? CONTAINER_KEYS : SERVICE_KEYS);
        if (mapping.get("image").isEmpty()) {
            reading.syntax(entry.node().span(), "'" + entry.key() + "' has no 'image'");
        }
        String options =
                mapping.get("options")
                        .flatMap(node -> reading.text(node, "options", scope))
                        .map(Scalar::content)
                        .orElse("");
        mapping.get("image")
                .flatMap(node -> imageText(node, service, scope))
                .ifPresent(image -> add(service, image, options));
        mapping.entry("credentials").ifPresent(this::credentials);
        mapping.get("env")
                .ifPresent(node -> shared.env(node, contexts.at(Place.JOB_CONTAINER_ENV)));
        for (String list : List.of("ports", "volumes")) {
            mapping.get(list).ifPresent(node -> list(node, list, scope));
        }
        for (String text : List.of("entrypoint", "command")) {
            if (!service.isEmpty()) {
                mapping.get(text).ifPresent(node -> reading.text(node, text, scope));
            }
        }
    }

    /// A service without an image is left out, which people use to have it only sometimes.
    private Optional<Scalar> imageText(YamlNode node, String service, Scope scope) {
        return service.isEmpty()
                ? reading.filledText(node, "image", scope)
                : reading.text(node, "image", scope);
    }

    private void add(String service, Scalar image, String options) {
        Span span = image.span();
        images.add(new ContainerImage(service, image.content().strip(), span, options));
    }

    private void list(YamlNode node, String key, Scope scope) {
        if (Reading.isExpression(node)) {
            reading.structure((Scalar) node, key, scope);
        } else if (node instanceof Scalar) {
            reading.wrongType(node, key, "a list");
        } else {
            reading.texts(node, key, scope);
        }
    }

    private void credentials(Entry entry) {
        Scope scope = contexts.at(Place.JOB_CREDENTIALS);
        if (Reading.isExpression(entry.value())) {
            reading.structure((Scalar) entry.value(), "credentials", scope);
            return;
        }
        Optional<Mapping> mapping = reading.mapping(entry.value(), "credentials");
        if (mapping.isEmpty()) {
            return;
        }
        reading.keys(mapping.get(), "'credentials'", List.of("username", "password"));
        for (String key : List.of("username", "password")) {
            if (mapping.get().get(key).isEmpty()) {
                reading.syntax(entry.node().span(), "'credentials' has no '" + key + "'");
            }
        }
        mapping.get()
                .get("username")
                .ifPresent(node -> reading.filledText(node, "username", scope));
        mapping.get()
                .get("password")
                .flatMap(node -> reading.filledText(node, "password", scope))
                .filter(password -> !Template.isIn(password.content()))
                .ifPresent(password ->
                        reading.problem(
                                Kind.CREDENTIALS,
                                password.span(),
                                "the password of a registry is written out; use a secret"));
    }
}
