package dev.devopspack.web.guard;

/// A change that no page of the running session sent: the session ended while a person typed, it is
/// another one by now, or another site tried.
public final class StaleForm extends RuntimeException {

    private final boolean signedIn;

    StaleForm(boolean signedIn) {
        super("a form of another session or of none");
        this.signedIn = signedIn;
    }

    /// Whether somebody is signed in, only with another session than the form's.
    public boolean signedIn() {
        return signedIn;
    }
}
