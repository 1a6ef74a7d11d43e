package dev.tiaki.tracker.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tiaki.tracker.ConnectionEvent;
import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.Role;
import dev.tiaki.tracker.TrackedConnection;
import dev.tiaki.tracker.TrackingOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ViewsTest {
  private final ConnectionTracker tracker = ConnectionTracker.create();

  private TrackedConnection open(String category, Role role, int read) {
    InetSocketAddress address = new InetSocketAddress("10.0.0.1", 80);
    TrackedConnection connection =
        tracker.register(() -> {}, address, address, role, TrackingOptions.category(category));
    connection.addRead(read);
    return connection;
  }

  @Test
  void prometheus_sums_up_by_category_and_role() {
    open("web \"a\"", Role.SERVER, 3);
    open("web \"a\"", Role.SERVER, 4);
    open("db", Role.CLIENT, 5);
    assertThat(PrometheusText.of(tracker.connections()))
        .contains("# TYPE tracker_connections gauge\n")
        .contains("tracker_connections{category=\"web \\\"a\\\"\",role=\"server\"} 2\n")
        .contains("tracker_connections_read_bytes{category=\"web \\\"a\\\"\",role=\"server\"} 7\n")
        .contains("tracker_connections_read_bytes{category=\"db\",role=\"client\"} 5\n");
  }

  @Test
  void http_serves_json_and_metrics_and_refuses_to_be_written_to() throws IOException {
    open("web", Role.SERVER, 3);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/connections", new ConnectionsHandler(tracker));
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/connections";
      assertThat(get(base)).startsWith("[{\"id\":1,\"category\":\"web\"").endsWith("}]\n");
      assertThat(get(base + "/metrics")).contains("tracker_connections{");
      HttpURLConnection put = (HttpURLConnection) URI.create(base).toURL().openConnection();
      put.setRequestMethod("PUT");
      assertThat(put.getResponseCode()).isEqualTo(405);
    } finally {
      server.stop(0);
    }
  }

  private static String get(String url) throws IOException {
    return new String(URI.create(url).toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void jmx_shows_the_numbers() throws Exception {
    open("web", Role.SERVER, 3);
    ObjectName name = TrackerBean.register(tracker, "views test");
    var beans = ManagementFactory.getPlatformMBeanServer();
    assertThat(beans.getAttribute(name, "OpenConnections")).isEqualTo(1);
    assertThat(beans.getAttribute(name, "ReadBytes")).isEqualTo(3L);
    assertThat((String[]) beans.getAttribute(name, "Connections")).hasSize(1);
    beans.unregisterMBean(name);
  }

  @Test
  void the_flight_recorder_keeps_what_happened(@TempDir Path folder) throws IOException {
    try (Recording recording = new Recording();
        var ignored = FlightRecorder.record(tracker)) {
      recording.enable("dev.tiaki.tracker.Opened");
      recording.enable("dev.tiaki.tracker.Closed");
      recording.start();
      open("web", Role.SERVER, 3).close();
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      assertThat(events)
          .extracting(event -> event.getEventType().getName() + " " + event.getLong("readBytes"))
          .containsExactly("dev.tiaki.tracker.Opened 0", "dev.tiaki.tracker.Closed 3");
    }
  }

  @Test
  void a_publisher_hands_out_changes_in_order() throws Exception {
    List<ConnectionEvent> events = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    try (ConnectionPublisher publisher = new ConnectionPublisher(tracker)) {
      publisher.subscribe(
          new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
              subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ConnectionEvent event) {
              events.add(event);
            }

            @Override
            public void onError(Throwable failure) {
              done.countDown();
            }

            @Override
            public void onComplete() {
              done.countDown();
            }
          });
      open("web", Role.SERVER, 3).close();
      assertThat(publisher.lost()).isZero();
    }
    done.await();
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Opened", "Closed");
  }
}
