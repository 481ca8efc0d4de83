package dev.devopspack.language.words;

/// A word of a text.
///
/// @param plain in lower case, without hidden characters, look-alike letters folded
/// @param stem what is compared: without its ending
public record Word(String plain, String stem) {

    public static Word of(String plain) {
        return new Word(plain, Stems.of(plain));
    }

    @Override
    public String toString() {
        return plain;
    }
}
