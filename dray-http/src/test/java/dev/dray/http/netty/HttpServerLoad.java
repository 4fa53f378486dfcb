package dev.dray.http.netty;

import dev.dray.http.Handler;
import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.ListenAddress;
import dev.dray.http.Request;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import dev.dray.http.TlsFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A server for manual measurements: PUT stores a file and answers with its SHA-256, GET sends one. Ends with its
/// input.
///
/// Arguments: port, directory, and for TLS the certificate chain and the key.
final class HttpServerLoad {
    private final Path directory;

    private HttpServerLoad(Path directory) {
        this.directory = directory;
    }

    @SuppressWarnings("SystemOut") // a program for people
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        HttpSettings settings = HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", Integer.parseInt(arguments[0])));
        if (arguments.length > 2) {
            settings = settings.withTls(new TlsFiles(Path.of(arguments[2]), Path.of(arguments[3])));
        }
        Handler handler = new HttpServerLoad(directory)::handle;
        try (HttpServer server = NettyHttpServer.start(settings, handler)) {
            System.out.println("listening on " + server.address());
            while (System.in.read() >= 0) {
                // waits for the end of input
            }
        }
    }

    private Response handle(Request request) throws IOException, NoSuchAlgorithmException {
        Path file = directory.resolve(request.path().segments().getLast());
        return switch (request.method()) {
            case GET, HEAD -> Response.of(200).body(ResponseBody.FileRegion.open(file));
            case PUT -> store(request, file);
            case POST, PATCH, DELETE, OPTIONS -> Response.of(405);
        };
    }

    private static Response store(Request request, Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest hasher = MessageDigest.getInstance("SHA-256");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            request.body().drainTo(slab -> {
                hasher.update(slab.duplicate());
                while (slab.hasRemaining()) {
                    channel.write(slab);
                }
            });
        }
        return Response.text(201, "text/plain", HexFormat.of().formatHex(hasher.digest()) + "\n");
    }
}
