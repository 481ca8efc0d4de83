package dev.devopspack.language.data;

/// A text that cannot be read as YAML or JSON, with the place and the way to mend it.
public final class DataException extends Exception {

    private final DataNode.Place place;
    private final String mend;

    DataException(DataNode.Place place, String problem, String mend) {
        super(problem);
        this.place = place;
        this.mend = mend;
    }

    public DataNode.Place place() {
        return place;
    }

    public String mend() {
        return mend;
    }

    /// The fact, without place and mend.
    public String problem() {
        return String.valueOf(getMessage());
    }
}
