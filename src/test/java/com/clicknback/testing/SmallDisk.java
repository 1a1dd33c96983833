package com.clicknback.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of limited size, kept in memory, which a test may fill up. */
public final class SmallDisk implements AutoCloseable {
    private static final long COMMAND_MAX_S = 30;
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Path root;
    private final Path ballast;

    private SmallDisk(Path root) {
        this.root = root;
        this.ballast = root.resolve("ballast");
    }

    /** Empty where this process may not mount one: only root on Linux may. */
    public static Optional<SmallDisk> mount(int sizeMib) {
        try {
            Path root = Files.createTempDirectory(Path.of("target"), "small-disk-");
            if (run(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=" + sizeMib + "m,mode=0700",
                    "clicknback-test",
                    root.toString())) {
                return Optional.of(new SmallDisk(root));
            }
            Files.delete(root);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(COMMAND_MAX_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An empty folder on it. */
    public Path folder(String name) {
        try {
            return Files.createDirectory(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves no room for anything. */
    public void fill() {
        try (OutputStream file = Files.newOutputStream(ballast)) {
            for (int length = BLOCK_BYTES; length > 0; length /= 2) {
                writeUntilFull(file, new byte[length]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeUntilFull(OutputStream file, byte[] block) throws IOException {
        try {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(root).getUsableSpace() >= block.length) {
                throw full;
            }
        }
    }

    /** Makes the room again that filling took. */
    public void free() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing may be at work on it any more. */
    @Override
    public void close() {
        if (!run("umount", root.toString())) {
            throw new AssertionError("cannot unmount " + root.toAbsolutePath());
        }
        try {
            Files.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
