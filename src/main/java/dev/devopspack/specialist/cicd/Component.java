package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.Value;
import java.util.Locale;

/// A part of the project that becomes an image of its own.
///
/// @param name 1 to 40 lower-case letters, digits and `-`
/// @param folder where it stands; `.` at the top
record Component(String name, String folder) {

    String dockerfile() {
        return folder.equals(".") ? "Dockerfile" : folder + "/Dockerfile";
    }

    /// The step that builds its image.
    String imageStep() {
        return "image-" + name;
    }

    /// A variable of a step, for example `FRONTEND_IMAGE`.
    String variable(String what) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + what;
    }

    /// Its image by digest, in the job that built it.
    ///
    /// @param repository the image's name without tag and digest
    Value builtImage(Value repository) {
        return Value.joined(repository, Value.text("@"), Value.stepOutput(imageStep(), "digest"));
    }
}
