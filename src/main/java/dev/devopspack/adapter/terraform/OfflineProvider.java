package dev.devopspack.adapter.terraform;

import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.SchemaPack;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;
import tfplugin5.AppliedChange;
import tfplugin5.ChangeToApply;
import tfplugin5.Complaints;
import tfplugin5.Configuration;
import tfplugin5.CurrentState;
import tfplugin5.DataSourceState;
import tfplugin5.Diagnostic;
import tfplugin5.DynamicValue;
import tfplugin5.Functions;
import tfplugin5.ImportedState;
import tfplugin5.Metadata;
import tfplugin5.Nothing;
import tfplugin5.ObjectToImport;
import tfplugin5.PlannedChange;
import tfplugin5.PreparedProviderConfig;
import tfplugin5.ProposedChange;
import tfplugin5.ProviderConfig;
import tfplugin5.ProviderGrpc;
import tfplugin5.ProviderSchema;
import tfplugin5.ReadState;
import tfplugin5.Stopped;
import tfplugin5.StoredState;
import tfplugin5.TypedConfig;
import tfplugin5.UpgradedState;

/// Serves a schema pack to terraform as a provider with no cloud behind it.
///
/// It knows which types there are and what they take. It plans (computed values are unknown), reads
/// (what was given comes back, data sources give stand-ins) and never applies.
final class OfflineProvider extends ProviderGrpc.ProviderImplBase {
    private final SchemaPack pack;
    private SoftReference<@Nullable ProviderSchema> schema = new SoftReference<>(null);

    OfflineProvider(SchemaPack pack) {
        this.pack = pack;
    }

    @Override
    public void getMetadata(Nothing request, StreamObserver<Metadata> out) {
        answer(
                out,
                () -> {
                    Metadata.Builder metadata =
                            Metadata.newBuilder()
                                    .setServerCapabilities(SchemaMessages.CAPABILITIES);
                    pack.resourceTypes().forEach(type -> metadata.addResources(typeName(type)));
                    pack.dataSourceTypes().forEach(type -> metadata.addDataSources(typeName(type)));
                    pack.ephemeralTypes()
                            .forEach(type -> metadata.addEphemeralResources(typeName(type)));
                    return metadata.build();
                });
    }

    private static Metadata.TypeName typeName(String type) {
        return Metadata.TypeName.newBuilder().setTypeName(type).build();
    }

    @Override
    public void getSchema(Nothing request, StreamObserver<ProviderSchema> out) {
        answer(out, this::schema);
    }

    /// Building it takes about as long as sending it; it is kept while there is memory for it.
    private synchronized ProviderSchema schema() {
        ProviderSchema kept = schema.get();
        if (kept == null) {
            kept = SchemaMessages.of(pack);
            schema = new SoftReference<>(kept);
        }
        return kept;
    }

    @Override
    public void prepareProviderConfig(
            ProviderConfig request, StreamObserver<PreparedProviderConfig> out) {
        answer(
                out,
                () ->
                        PreparedProviderConfig.newBuilder()
                                .setPreparedConfig(request.getConfig())
                                .build());
    }

    @Override
    public void configure(Configuration request, StreamObserver<Complaints> out) {
        answer(out, Complaints::getDefaultInstance);
    }

    @Override
    public void validateResourceTypeConfig(TypedConfig request, StreamObserver<Complaints> out) {
        answer(out, Complaints::getDefaultInstance);
    }

    @Override
    public void validateDataSourceConfig(TypedConfig request, StreamObserver<Complaints> out) {
        answer(out, Complaints::getDefaultInstance);
    }

    @Override
    public void validateEphemeralResourceConfig(
            TypedConfig request, StreamObserver<Complaints> out) {
        answer(out, Complaints::getDefaultInstance);
    }

    @Override
    public void upgradeResourceState(StoredState request, StreamObserver<UpgradedState> out) {
        answer(
                out,
                () ->
                        UpgradedState.newBuilder()
                                .setUpgradedState(
                                        DynamicValue.newBuilder()
                                                .setJson(request.getRawState().getJson()))
                                .build());
    }

    @Override
    public void readResource(CurrentState request, StreamObserver<ReadState> out) {
        answer(out, () -> ReadState.newBuilder().setNewState(request.getCurrentState()).build());
    }

    @Override
    public void planResourceChange(ProposedChange request, StreamObserver<PlannedChange> out) {
        answer(
                out,
                () -> {
                    Optional<BlockSchema> type = pack.resource(request.getTypeName());
                    if (type.isEmpty()) {
                        return PlannedChange.newBuilder()
                                .addDiagnostics(unknownType(request.getTypeName()))
                                .build();
                    }
                    Value proposed = WireValues.read(request.getProposedNewState());
                    boolean created = WireValues.read(request.getPriorState()).isNilValue();
                    Value planned =
                            created ? Completion.withUnknowns(type.get(), proposed) : proposed;
                    return PlannedChange.newBuilder()
                            .setPlannedState(WireValues.write(planned))
                            .build();
                });
    }

    @Override
    public void applyResourceChange(ChangeToApply request, StreamObserver<AppliedChange> out) {
        answer(
                out,
                () ->
                        AppliedChange.newBuilder()
                                .addDiagnostics(
                                        error(
                                                "This provider cannot apply",
                                                "The offline provider checks and plans. It creates, changes and destroys nothing."))
                                .build());
    }

    @Override
    public void importResourceState(ObjectToImport request, StreamObserver<ImportedState> out) {
        answer(
                out,
                () -> {
                    Optional<BlockSchema> type = pack.resource(request.getTypeName());
                    if (type.isEmpty()) {
                        return ImportedState.newBuilder()
                                .addDiagnostics(unknownType(request.getTypeName()))
                                .build();
                    }
                    return ImportedState.newBuilder()
                            .addImportedResources(
                                    ImportedState.Imported.newBuilder()
                                            .setTypeName(request.getTypeName())
                                            .setState(
                                                    WireValues.write(
                                                            imported(type.get(), request.getId()))))
                            .build();
                });
    }

    private static Value imported(BlockSchema type, String id) {
        var attributes = WireValues.attributes(Completion.empty(type));
        attributes.computeIfPresent("id", (name, value) -> ValueFactory.newString(id));
        return Completion.withStandIns(type, WireValues.object(attributes));
    }

    @Override
    public void readDataSource(TypedConfig request, StreamObserver<DataSourceState> out) {
        answer(
                out,
                () -> {
                    Optional<BlockSchema> type = pack.dataSource(request.getTypeName());
                    if (type.isEmpty()) {
                        return DataSourceState.newBuilder()
                                .addDiagnostics(unknownType(request.getTypeName()))
                                .build();
                    }
                    Value read =
                            Completion.withStandIns(
                                    type.get(), WireValues.read(request.getConfig()));
                    return DataSourceState.newBuilder().setState(WireValues.write(read)).build();
                });
    }

    @Override
    public void getFunctions(Nothing request, StreamObserver<Functions> out) {
        answer(out, Functions::getDefaultInstance);
    }

    @Override
    public void stop(Nothing request, StreamObserver<Stopped> out) {
        answer(out, Stopped::getDefaultInstance);
    }

    private Diagnostic unknownType(String type) {
        return error("Unknown type", "'" + type + "' is not known to " + pack + ".");
    }

    private static Diagnostic error(String summary, String detail) {
        return Diagnostic.newBuilder()
                .setSeverity(Diagnostic.Severity.ERROR)
                .setSummary(summary)
                .setDetail(detail)
                .build();
    }

    /// Terraform gets an error it can print instead of a broken connection.
    private static <T> void answer(StreamObserver<T> out, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            out.onError(
                    Status.INTERNAL
                            .withDescription("offline provider: " + e)
                            .withCause(e)
                            .asRuntimeException());
            return;
        }
        out.onNext(answer);
        out.onCompleted();
    }
}
