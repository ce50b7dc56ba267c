package org.jabr.web.studio;

import java.util.List;

/** The editors there are, by the script that runs them. */
enum EditorKind {
    TABLE(
            Key.SAVE,
            Key.UNDO,
            Key.NEXT_FINDING,
            new Key("move", "Tab", "Shift+Tab"),
            new Key("arrows", "←", "→", "↑", "↓"),
            new Key("below", "Enter"),
            new Key("duplicate", "Ctrl+D"),
            new Key("move-row", "Alt+↑", "Alt+↓"),
            new Key("insert-row", "Alt+Shift+↓", "Alt+Shift+↑"),
            new Key("delete-row", "Alt+Delete"),
            new Key("rename-row", "F2"),
            new Key("select", "Shift+↑", "Shift+↓", "Shift+←", "Shift+→"),
            new Key("select-row", "Shift+Space"),
            new Key("copy", "Ctrl+C", "Ctrl+X", "Ctrl+V"),
            new Key("clear", "Delete"),
            Key.COMPLETE,
            Key.HELP),
    GRID(
            Key.SAVE,
            Key.UNDO,
            Key.NEXT_FINDING,
            new Key("move", "Tab", "Shift+Tab"),
            new Key("arrows", "↑", "↓"),
            new Key("below", "Enter"),
            new Key("duplicate", "Ctrl+D"),
            new Key("move-row", "Alt+↑", "Alt+↓"),
            new Key("insert-row", "Alt+Shift+↓", "Alt+Shift+↑"),
            new Key("delete-row", "Alt+Delete"),
            new Key("copy", "Ctrl+C", "Ctrl+V"),
            Key.HELP),
    PROCESS(
            Key.SAVE,
            Key.UNDO,
            Key.NEXT_FINDING,
            new Key("create", "N"),
            new Key("append", "A"),
            new Key("replace", "R"),
            new Key("label", "E"),
            new Key("hand", "H"),
            new Key("lasso", "L"),
            new Key("space", "S"),
            new Key("connect", "C"),
            new Key("find", "Ctrl+F"),
            new Key("delete", "Delete"),
            Key.HELP),
    FORM(Key.SAVE, Key.UNDO, Key.NEXT_FINDING, new Key("delete", "Delete"), Key.HELP),
    LETTER(Key.SAVE, Key.UNDO, Key.NEXT_FINDING, Key.COMPLETE, Key.FIND, Key.HELP),
    TEXT(Key.SAVE, Key.UNDO, Key.NEXT_FINDING, Key.COMPLETE, Key.FIND, Key.HELP);

    /** What keys do; {@code editor.key.NAME} says it. */
    record Key(String name, List<String> keys) {

        static final Key SAVE = new Key("save", "Ctrl+S");
        static final Key UNDO = new Key("undo", "Ctrl+Z", "Ctrl+Y");
        static final Key NEXT_FINDING = new Key("next-finding", "F8");
        static final Key COMPLETE = new Key("complete", "Ctrl+Space");
        static final Key FIND = new Key("find", "Ctrl+F");
        static final Key HELP = new Key("help", "?");

        Key(String name, String... keys) {
            this(name, List.of(keys));
        }
    }

    private final List<Key> keys;

    EditorKind(Key... keys) {
        this.keys = List.of(keys);
    }

    List<Key> keys() {
        return keys;
    }

    /** Name of its script. */
    String island() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static EditorKind of(String path) {
        return switch (FileKind.of(path)) {
            case TABLE -> TABLE;
            case PROCESS -> PROCESS;
            case FORM -> FORM;
            case LETTER -> LETTER;
            case SCENARIOS, WORDS, CONTRACTS -> path.endsWith(".csv") ? GRID : TEXT;
            default -> TEXT;
        };
    }

    /** The name that people know a file by. */
    static String name(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[a-z]+$", "");
        FileKind kind = FileKind.of(path);
        return kind == FileKind.LETTER || kind == FileKind.NOTE ? name.replaceFirst("\\.(en|ar)$", "") : name;
    }
}
