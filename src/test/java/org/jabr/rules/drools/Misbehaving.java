package org.jabr.rules.drools;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A trial process in which the rules got out of hand, one way or another. */
final class Misbehaving {

    private Misbehaving() {}

    public static void main(String[] arguments) throws IOException {
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        DataInputStream in = new DataInputStream(System.in);
        if (arguments[0].equals("environment")) {
            out.write(System.getenv().toString().getBytes());
            return;
        }
        if (!arguments[0].equals("deaf")) {
            TrialWire.read(in, TrialWire.Request.class);
        }
        switch (arguments[0]) {
            case "deaf", "loop" -> loop();
            case "eat" -> eat();
            case "die" -> Runtime.getRuntime().halt(7);
            case "garbage" -> out.write("this is not a frame, this is not a frame".getBytes());
            case "shapeless" -> frame(out, "{\"result\": {\"surprise\": [1, 2, 3]}}");
            case "deep" -> frame(out, "{\"result\": " + "[".repeat(5000) + "]".repeat(5000) + "}");
            case "huge" -> out.writeInt(2_000_000_000);
            case "forgetful" -> {
                frame(out, "{\"need\": true}");
                frame(out, "{\"need\": true}");
            }
            case "talkative" -> {
                while (true) {
                    frame(out, "{\"progress\": [1, 2]}");
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        loop();
    }

    private static void frame(DataOutputStream out, String json) throws IOException {
        out.writeInt(json.length());
        out.write(json.getBytes());
        out.flush();
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void loop() {
        long n = 0;
        while (true) {
            n++;
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void eat() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1_000_000]);
        }
    }
}
