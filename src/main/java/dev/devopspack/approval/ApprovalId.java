package dev.devopspack.approval;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The handle of an approval request and of its grant: `ap-` and 26 random characters.
public record ApprovalId(String value) {

    private static final Pattern SHAPE = Pattern.compile("ap-[a-z2-7]{26}");

    public ApprovalId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "approval_id",
                    "this is no approval's id",
                    "Use the id from the answer that opened it: ap- and 26 characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
