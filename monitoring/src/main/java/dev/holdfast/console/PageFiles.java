package dev.holdfast.console;

import dev.holdfast.process.Response;
import dev.holdfast.process.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The files of the page, read once. They hold nothing about anybody's documents, so whoever reaches
 * the endpoint may have them. The page is forbidden to load, to run or to talk to anything from
 * elsewhere.
 */
final class PageFiles {
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private static final List<String> OWN =
      List.of(
          "console.css",
          "document.css",
          "theme.css",
          "icon.svg",
          "inter.woff2",
          "api.js",
          "charts.js",
          "correction.js",
          "document.js",
          "documents.js",
          "dom.js",
          "fields.js",
          "format.js",
          "keys.js",
          "main.js",
          "matrix.js",
          "overview.js",
          "page.js",
          "tables.js",
          "words.js");

  private static final String PLOT = "org.webjars.npm/uplot";

  private PageFiles() {}

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(route("/", resource("page/index.html"), "html"));
    for (String name : OWN) {
      routes.add(route("/console/" + name, resource("page/" + name), name.replaceAll(".*\\.", "")));
    }
    String plot = "/META-INF/resources/webjars/uplot/" + plotVersion() + "/dist/";
    routes.add(route("/console/uplot.js", resource(plot + "uPlot.esm.js"), "js"));
    routes.add(route("/console/uplot.css", resource(plot + "uPlot.min.css"), "css"));
    return routes;
  }

  private static Route route(String path, byte[] file, String extension) {
    Response response =
        new Response(200, TYPES.get(extension), file)
            .with("Content-Security-Policy", POLICY)
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer")
            .with("Cache-Control", "no-cache");
    // The page knows nothing; what it shows it asks for, with its token.
    return Route.open("GET", path, request -> response);
  }

  /** The plot library's files lie in a folder that is named for its version. */
  private static String plotVersion() {
    Properties properties = new Properties();
    try (InputStream in = open("/META-INF/maven/" + PLOT + "/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static byte[] resource(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = PageFiles.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("expected a resource " + name + ", found none");
    }
    return in;
  }
}
