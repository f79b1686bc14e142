package io.jasyncio.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a process prints, read by a thread of its own so that the process never stands because nobody reads. */
final class Capture {

    private record Waiting(String start, CompletableFuture<String> line) {}

    private final InputStream input;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final List<Waiting> waiting = new ArrayList<>();
    private final CompletableFuture<byte[]> all = new CompletableFuture<>();

    private Capture(InputStream input) {
        this.input = input;
    }

    static Capture of(InputStream input, String name) {
        var capture = new Capture(input);
        var thread = new Thread(capture::readAll, name);
        thread.setDaemon(true);
        thread.start();
        return capture;
    }

    /** Ends with the output. */
    CompletableFuture<byte[]> all() {
        return all;
    }

    synchronized String soFar() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** The first whole line that begins so, with null if the output ends without one. */
    synchronized CompletableFuture<String> line(String start) {
        var line = new CompletableFuture<String>();
        waiting.add(new Waiting(start, line));
        tell();
        return line;
    }

    private void readAll() {
        var buffer = new byte[64 * 1024];
        try (input) {
            for (var count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                append(buffer, count);
            }
        } catch (IOException killed) {
            // The process was ended and its pipe with it: what came until then is all.
        }
        end();
    }

    private synchronized void append(byte[] buffer, int count) {
        seen.write(buffer, 0, count);
        tell();
    }

    private synchronized void end() {
        all.complete(seen.toByteArray());
        tell();
    }

    private void tell() {
        if (waiting.isEmpty()) {
            return;
        }
        var text = soFar();
        var lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        for (var each : List.copyOf(waiting)) {
            var found =
                    lines.stream().filter(line -> line.startsWith(each.start)).findFirst();
            if (found.isPresent() || all.isDone()) {
                waiting.remove(each);
                each.line.complete(found.orElse(null));
            }
        }
    }
}
