package dev.devopspack.gate.quality;

import java.util.Locale;

/// The terraform commands this program can run. All of them leave real infrastructure as it is.
public enum TerraformCommand {
    FMT("Terraform formats it the same"),
    INIT("Terraform initialises it without registry and backend"),
    VALIDATE("Terraform accepts it"),
    PLAN("Terraform can plan it"),
    SHOW("Terraform shows the planned values"),
    /// `terraform test`, on our own fully mocked blueprints only: tests can run programs.
    TEST_BLUEPRINT("The blueprint's own tests pass");

    private final String title;

    TerraformCommand(String title) {
        this.title = title;
    }

    /// The state that the step wants.
    public String title() {
        return title;
    }

    /// The step's name, for example `terraform-plan`.
    public String step() {
        return this == TEST_BLUEPRINT
                ? "terraform-test"
                : "terraform-" + name().toLowerCase(Locale.ROOT);
    }
}
