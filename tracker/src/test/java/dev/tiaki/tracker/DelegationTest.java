package dev.tiaki.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A newer JDK may add a public method to a class that is wrapped; then these tests fail. */
class DelegationTest {
  private static List<String> missing(Class<?> wrapped, Class<?> wrapper, Set<String> leftOut) {
    return Arrays.stream(wrapped.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
        .filter(method -> !leftOut.contains(method.getName()))
        .filter(method -> !declares(wrapper, method))
        .map(Method::toGenericString)
        .toList();
  }

  private static boolean declares(Class<?> wrapper, Method method) {
    return Arrays.stream(wrapper.getDeclaredMethods())
        .anyMatch(own ->
            own.getName().equals(method.getName())
                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void a11_a_tracked_socket_delegates_every_public_method() {
    assertThat(missing(Socket.class, TrackedSocket.class, Set.of())).isEmpty();
  }

  @Test
  void a11_a_tracked_tls_socket_delegates_every_public_method() {
    assertThat(missing(SSLSocket.class, TrackedSslSocket.class, Set.of())).isEmpty();
  }

  @Test
  void a11_a_tracking_server_socket_delegates_every_public_method() {
    assertThat(missing(ServerSocket.class, TrackingServerSocket.class, Set.of())).isEmpty();
  }

  @Test
  void a11_channels_offer_every_operation_but_those_of_selectors_and_of_connecting() {
    Set<String> selectors =
        Set.of(
            "register",
            "keyFor",
            "isRegistered",
            "configureBlocking",
            "isBlocking",
            "blockingLock",
            "validOps",
            "provider",
            "socket",
            "connect",
            "finishConnect",
            "isConnected",
            "isConnectionPending");
    assertThat(missing(SocketChannel.class, TrackedSocketChannel.class, selectors)).isEmpty();
    assertThat(
            missing(
                AsynchronousSocketChannel.class,
                TrackedAsynchronousSocketChannel.class,
                Set.of("provider", "connect")))
        .isEmpty();
  }
}
