package org.jabr.intake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV file record by record. It works on bytes, so that one line in a wrong encoding is the only one that is
 * lost; and where a quote is never closed, reading goes on with the next line, so that one slip does not swallow the
 * rest of the file. Quoted cells may have several lines. Empty lines are passed over.
 */
final class CsvFile implements Iterator<CsvRecord> {

    private static final byte QUOTE = '"';
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** A quoted cell that is longer than this many lines is taken for a quote that was never closed. */
    private static final int LINES_OF_A_CELL = 2_000;

    private final byte[] bytes;
    private final byte separator;
    private int at;
    private int line = 1;

    CsvFile(byte[] bytes, char separator) {
        this.bytes = bytes;
        this.separator = (byte) separator;
        this.at = startsWith(UTF_8_MARK) ? UTF_8_MARK.length : 0;
    }

    @Override
    public boolean hasNext() {
        while (at < bytes.length && isLineEnd(at)) {
            passLineEnd();
        }
        return at < bytes.length;
    }

    @Override
    public CsvRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int start = at;
        int startLine = line;
        List<byte[]> cells = new ArrayList<>();
        int tooLarge = -1;
        while (true) {
            Cell cell = cell();
            if (cell == null) {
                // Only the line on which the record began is given up.
                at = start;
                line = startLine;
                skipLine();
                return CsvRecord.refused(startLine, -1, Rejection.of("IMPORT-030"));
            }
            if (cell.tooLarge && tooLarge < 0) {
                tooLarge = cells.size();
            }
            cells.add(cell.content);
            if (at < bytes.length && bytes[at] == separator) {
                at++;
            } else {
                passLineEnd();
                break;
            }
        }
        return tooLarge < 0
                ? decoded(startLine, cells)
                : CsvRecord.refused(startLine, tooLarge, Rejection.of("IMPORT-026"));
    }

    private static CsvRecord decoded(int line, List<byte[]> cells) {
        List<String> texts = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            try {
                texts.add(StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(cells.get(i)))
                        .toString());
            } catch (CharacterCodingException e) {
                return CsvRecord.refused(line, i, Rejection.of("IMPORT-027"));
            }
        }
        return CsvRecord.of(line, texts);
    }

    /** One cell; the position is then at its separator, its line end, or the end of the file. Null where it is broken. */
    private @Nullable Cell cell() {
        return at < bytes.length && bytes[at] == QUOTE ? quoted() : plain();
    }

    private Cell plain() {
        int start = at;
        while (at < bytes.length && bytes[at] != separator && !isLineEnd(at)) {
            at++;
        }
        boolean tooLarge = at - start > Limits.CELL_BYTES;
        byte[] content = new byte[tooLarge ? 0 : at - start];
        System.arraycopy(bytes, start, content, 0, content.length);
        return new Cell(content, tooLarge);
    }

    private @Nullable Cell quoted() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int firstLine = line;
        boolean tooLarge = false;
        at++;
        while (at < bytes.length && line - firstLine <= LINES_OF_A_CELL) {
            byte b = bytes[at];
            if (b == QUOTE && at + 1 < bytes.length && bytes[at + 1] == QUOTE) {
                at++;
            } else if (b == QUOTE) {
                at++;
                passSpaces();
                boolean ends = at >= bytes.length || bytes[at] == separator || isLineEnd(at);
                return ends ? new Cell(content.toByteArray(), tooLarge) : null;
            }
            if (b == '\n' || b == '\r' && !(at + 1 < bytes.length && bytes[at + 1] == '\n')) {
                line++;
            }
            tooLarge = tooLarge || content.size() >= Limits.CELL_BYTES;
            if (!tooLarge) {
                content.write(b);
            }
            at++;
        }
        return null;
    }

    private void passSpaces() {
        while (at < bytes.length && bytes[at] == ' ') {
            at++;
        }
    }

    private void skipLine() {
        while (at < bytes.length && !isLineEnd(at)) {
            at++;
        }
        passLineEnd();
    }

    private boolean isLineEnd(int index) {
        return bytes[index] == '\n' || bytes[index] == '\r';
    }

    private void passLineEnd() {
        if (at < bytes.length) {
            at += bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? 2 : 1;
            line++;
        }
    }

    private boolean startsWith(byte[] mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (bytes[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private record Cell(byte[] content, boolean tooLarge) {}
}
