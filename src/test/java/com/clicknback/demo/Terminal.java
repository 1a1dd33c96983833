package com.clicknback.demo;

import com.clicknback.testing.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An interactive shell on a pseudo-terminal, which {@code script} of Linux provides. */
final class Terminal implements AutoCloseable {
    private static final long END_MAX_S = 10;

    private final Process process;
    private final OutputStream keyboard;
    private final Path screen;
    private int pasted;

    private Terminal(Process process, Path screen) {
        this.process = process;
        this.keyboard = process.getOutputStream();
        this.screen = screen;
    }

    /** True where a shell and a pseudo-terminal are to be had. */
    static boolean has(String shell) {
        return System.getProperty("os.name").equals("Linux")
                && List.of("script", shell, "curl", "openssl").stream().allMatch(Terminal::isInstalled);
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Opens a terminal in a folder.
     *
     * @param command an interactive shell without the settings of its user
     */
    static Terminal open(Path folder, String command) {
        try {
            Path screen = folder.resolve("screen.txt");
            ProcessBuilder script = new ProcessBuilder("script", "-q", "-c", command, "/dev/null")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(screen.toFile());
            script.environment().put("TERM", "dumb");
            Terminal opened = new Terminal(script.start(), screen);
            opened.paste("unset HISTFILE");
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pastes lines and returns what the screen has shown since, once all of them have run. */
    String paste(String lines) {
        int before = shown().length();
        pasted++;
        // The line as it is typed does not contain the mark that it writes.
        String mark = "pasted-" + pasted + "-end";
        try {
            keyboard.write((lines + "\necho pasted-$((" + pasted + "))-end\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(shown(), e);
        }
        Waiting.until("the shell has run: " + lines, () -> shown().contains(mark));
        return shown().substring(before).replace("\r", "");
    }

    private String shown() {
        try {
            return Files.readString(screen, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        keyboard.write("exit\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        try {
            if (!process.waitFor(END_MAX_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
