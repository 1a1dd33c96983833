package com.clicknback.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * The generator's process. For each phase it reads two lines: a {@link Load}, which it prepares and answers with
 * {@code ready}, and anything at all, upon which it sends and answers with a {@link LoadResult}. What the service
 * acknowledged is appended to a file, an external id a line.
 */
final class LoadGenerator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LoadGenerator() {}

    /** Arguments: the service's port on this machine, and the file. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress target =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        Path file = Path.of(arguments[1]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            Load load = JSON.readValue(order, Load.class);
            Driver driver = new Driver(load, new Requests(load).prepare(), target);
            System.gc();
            System.out.println("ready");
            orders.readLine();
            LoadResult result = driver.run();
            append(file, load, driver.acknowledged());
            System.out.println(JSON.writeValueAsString(result));
        }
    }

    private static void append(Path file, Load load, BitSet acknowledged) throws IOException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            acknowledged.stream().forEach(i -> lines.println(Seed.externalId(load.firstNumber() + i)));
        }
    }
}
