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
import java.util.List;
import java.util.stream.Stream;

/**
 * The generator's process. For each phase it reads two lines: a {@link Load}, which it prepares and answers with
 * {@code ready}, and anything at all, upon which it sends and answers with a {@link LoadResult}. What the service
 * acknowledged is appended to a file, an external id a line.
 */
final class LoadGenerator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LoadGenerator() {}

    /** Arguments: the file, and the ports of the service's processes on this machine. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        List<InetSocketAddress> targets = Stream.of(arguments)
                .skip(1)
                .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
                .toList();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            Load load = JSON.readValue(order, Load.class);
            Driver driver = new Driver(load, new Requests(load).prepare(), targets);
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
