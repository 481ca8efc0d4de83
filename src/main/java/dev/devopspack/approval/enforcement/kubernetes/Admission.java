package dev.devopspack.approval.enforcement.kubernetes;

/// The answer to a review.
///
/// @param uid of the review; empty where it could not be read
/// @param message why not; empty where it is allowed
public record Admission(String uid, boolean allowed, String message) {

    static Admission allowed(String uid) {
        return new Admission(uid, true, "");
    }

    static Admission denied(String uid, String message) {
        return new Admission(uid, false, message);
    }
}
