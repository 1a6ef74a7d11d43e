package dev.tiaki.tracker;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A socket channel whose bytes are counted. It is no {@link SocketChannel}, which cannot be
 * extended without a provider; selectors take {@link #unwrap}. {@code FileChannel.transferTo} into
 * it copies through memory, because the kernel's short cut would pass the counter.
 */
public final class TrackedSocketChannel
    implements ByteChannel, ScatteringByteChannel, GatheringByteChannel, NetworkChannel {
  private final SocketChannel channel;
  private final TrackedConnection connection;

  TrackedSocketChannel(SocketChannel channel, TrackedConnection connection) {
    this.channel = channel;
    this.connection = connection;
  }

  /**
   * Returns a counting view of the channel that {@code connection} was registered with.
   *
   * @throws IllegalArgumentException when it was registered with something else
   */
  public static TrackedSocketChannel over(TrackedConnection connection) {
    if (!(connection.unwrap() instanceof SocketChannel channel)) {
      throw new IllegalArgumentException("not a SocketChannel: " + connection.unwrap());
    }
    return new TrackedSocketChannel(channel, connection);
  }

  /** Returns the channel itself, past all counting. */
  public SocketChannel unwrap() {
    return channel;
  }

  /** Returns the entry in the tracker's list. */
  public TrackedConnection tracked() {
    return connection;
  }

  /** An operation that says how many bytes it moved. */
  @FunctionalInterface
  private interface Transfer {
    long run() throws IOException;
  }

  private long reading(Transfer transfer) throws IOException {
    long count;
    try {
      count = transfer.run();
    } catch (IOException e) {
      connection.reportRead(0, e);
      throw e;
    }
    connection.reportRead(count, null);
    return count;
  }

  private long writing(Transfer transfer) throws IOException {
    long count;
    try {
      count = transfer.run();
    } catch (IOException e) {
      connection.reportWrite(0, e);
      throw e;
    }
    connection.reportWrite(count, null);
    return count;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return (int) reading(() -> channel.read(target));
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return reading(() -> channel.read(targets, offset, length));
  }

  @Override
  public long read(ByteBuffer[] targets) throws IOException {
    return reading(() -> channel.read(targets));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return (int) writing(() -> channel.write(source));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return writing(() -> channel.write(sources, offset, length));
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return writing(() -> channel.write(sources));
  }

  @Override
  public TrackedSocketChannel bind(SocketAddress local) throws IOException {
    channel.bind(local);
    return this;
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return channel.getLocalAddress();
  }

  /** Returns the peer's address. */
  public SocketAddress getRemoteAddress() throws IOException {
    return channel.getRemoteAddress();
  }

  @Override
  public <T> TrackedSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    channel.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return channel.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return channel.supportedOptions();
  }

  /** Closes the reading side. */
  public TrackedSocketChannel shutdownInput() throws IOException {
    channel.shutdownInput();
    return this;
  }

  /** Closes the writing side. */
  public TrackedSocketChannel shutdownOutput() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
