package org.jabr.rules.drools;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jabr.rules.Progress;
import org.jabr.rules.SideProgram;

/**
 * A process of its own in which rules are tried that nobody has approved yet. It has no database, no network, no
 * configuration; it speaks with the process that started it and ends with it.
 */
public final class Inspection implements SideProgram {

    static final String WORD = "inspect";

    /** For who looks for the programs inside this one. */
    public Inspection() {}

    public static void main(String[] arguments) {
        new Inspection().run(List.of());
    }

    @Override
    public String word() {
        return WORD;
    }

    /** Answers until nobody asks any more. */
    @Override
    public int run(List<String> args) {
        // whatever prints must not get between the frames
        System.setOut(System.err);
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        Confinement.begin();
        TrialWork work = new TrialWork(new DroolsRulebookCompiler(), new DroolsRuleInspector());
        serve(in, out, work);
        Confinement.leave();
        return 0;
    }

    /** The reading thread never works, so that it sees the other side go away whatever the rules are doing. */
    private static void serve(DataInputStream in, DataOutputStream out, TrialWork work) {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            // deep but allowed expressions need some room
            Thread thread = new Thread(null, task, "inspection", 16L * 1024 * 1024);
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (TrialWire.Request request = TrialWire.read(in, TrialWire.Request.class);
                    request != null;
                    request = TrialWire.read(in, TrialWire.Request.class)) {
                TrialWire.Request asked = request;
                worker.execute(() -> answer(asked, out, work));
            }
        } catch (IOException gone) {
            // nobody to answer
        }
    }

    private static void answer(TrialWire.Request request, DataOutputStream out, TrialWork work) {
        Progress progress = new Progress() {
            private long told;

            @Override
            public void at(long done, long of) {
                long now = System.nanoTime();
                if (done >= of || now - told > 200_000_000L) {
                    told = now;
                    send(out, new TrialWire.Reply(false, java.util.List.of(done, of), null, null, null));
                }
            }
        };
        try {
            send(out, work.answer(request, progress));
        } catch (Throwable failure) {
            // the other side reads the end as its answer
            failure.printStackTrace(System.err);
            Confinement.leave();
        }
    }

    private static void send(DataOutputStream out, TrialWire.Reply reply) {
        synchronized (out) {
            try {
                TrialWire.write(out, reply);
            } catch (IOException gone) {
                Confinement.leave();
            }
        }
    }
}
