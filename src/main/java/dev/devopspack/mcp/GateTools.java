package dev.devopspack.mcp;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.GateId;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gates as tools: each judges a stored change set or files given inline. None decides.
@Remembered
class GateTools {

    private final Manager manager;
    private final Caller caller;

    GateTools(Manager manager, Caller caller) {
        this.manager = manager;
        this.caller = caller;
    }

    @Tool(
            name = "gate_security_infra",
            title = "gate.security.infra",
            description =
                    "Judges a change set or inline files by the security rules: 95 % weighted, no open critical.",
            annotations =
                    @Tool.Annotations(
                            title = "gate.security.infra",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.GatePart.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse security(
            @ToolArg(name = "change_set_id", required = false) @Nullable String changeSetId,
            @ToolArg(required = false) @Nullable List<FileArgument> files,
            @ToolArg(required = false) @Nullable String environment,
            Progress progress) {
        return judge(GateId.SECURITY, changeSetId, files, environment, progress);
    }

    @Tool(
            name = "gate_quality_terraform",
            title = "gate.quality.terraform",
            description =
                    "Judges Terraform: parse, format, references, schema, pins, then real offline validate and plan.",
            annotations =
                    @Tool.Annotations(
                            title = "gate.quality.terraform",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.GatePart.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse quality(
            @ToolArg(name = "change_set_id", required = false) @Nullable String changeSetId,
            @ToolArg(required = false) @Nullable List<FileArgument> files,
            @ToolArg(required = false) @Nullable String environment,
            Progress progress) {
        return judge(GateId.QUALITY, changeSetId, files, environment, progress);
    }

    @Tool(
            name = "gate_compliance_audit",
            title = "gate.compliance.audit",
            description = "Judges every control of the compliance profile, with evidence.",
            annotations =
                    @Tool.Annotations(
                            title = "gate.compliance.audit",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.GatePart.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse compliance(
            @ToolArg(name = "change_set_id", required = false) @Nullable String changeSetId,
            @ToolArg(required = false) @Nullable List<FileArgument> files,
            @ToolArg(required = false) @Nullable String environment,
            Progress progress) {
        return judge(GateId.COMPLIANCE, changeSetId, files, environment, progress);
    }

    @Tool(
            name = "gate_approval_production",
            title = "gate.approval.production",
            description =
                    "Says whether a person must approve and whether one has. Decides nothing.",
            annotations =
                    @Tool.Annotations(
                            title = "gate.approval.production",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            outputSchema = @Tool.OutputSchema(from = RunResult.GatePart.class))
    @RunOnVirtualThread
    @RolesAllowed(Roles.VIEWER)
    ToolResponse approval(
            @ToolArg(name = "change_set_id", required = false) @Nullable String changeSetId,
            @ToolArg(required = false) @Nullable List<FileArgument> files,
            @ToolArg(required = false) @Nullable String environment,
            Progress progress) {
        return judge(GateId.APPROVAL, changeSetId, files, environment, progress);
    }

    private ToolResponse judge(
            GateId gate,
            @Nullable String changeSetId,
            @Nullable List<FileArgument> files,
            @Nullable String environment,
            Progress progress) {
        return Answers.of(() -> {
            if ((changeSetId == null) == (files == null || files.isEmpty())) {
                throw new InvalidInput(
                        "/",
                        "a gate judges either a change set or files",
                        "Give change_set_id or files.");
            }
            if (changeSetId != null) {
                return Answers.verdict(
                        manager.judge(gate, new ChangeSetId(changeSetId), caller.principal()));
            }
            Environment target =
                    environment == null ? Environment.PRODUCTION : new Environment(environment);
            return Answers.verdict(
                    manager.judge(
                            gate,
                            FileArgument.artifacts(files == null ? List.of() : files),
                            target,
                            caller.principal(),
                            Answers.progress(progress)));
        });
    }
}
