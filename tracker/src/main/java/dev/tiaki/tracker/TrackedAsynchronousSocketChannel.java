package dev.tiaki.tracker;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NetworkChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An asynchronous channel whose bytes are counted, each time before the program's handler runs. */
public final class TrackedAsynchronousSocketChannel
    implements AsynchronousByteChannel, NetworkChannel {
  private final AsynchronousSocketChannel channel;
  private final TrackedConnection connection;

  TrackedAsynchronousSocketChannel(
      AsynchronousSocketChannel channel, TrackedConnection connection) {
    this.channel = channel;
    this.connection = connection;
  }

  /** Returns the channel itself, past all counting. */
  public AsynchronousSocketChannel unwrap() {
    return channel;
  }

  /** Returns the entry in the tracker's list. */
  public TrackedConnection tracked() {
    return connection;
  }

  private void readDone(long bytes, @Nullable IOException error) {
    connection.reportRead(bytes, error);
  }

  private void writeDone(long bytes, @Nullable IOException error) {
    connection.reportWrite(bytes, error);
  }

  @Override
  public <A> void read(
      ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
    channel.read(target, attachment, counting(this::readDone, handler));
  }

  /** Reads with a time limit. */
  public <A> void read(
      ByteBuffer target,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    channel.read(target, timeout, unit, attachment, counting(this::readDone, handler));
  }

  /** Reads into several buffers with a time limit. */
  public <A> void read(
      ByteBuffer[] targets,
      int offset,
      int length,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Long, ? super A> handler) {
    channel.read(
        targets, offset, length, timeout, unit, attachment, counting(this::readDone, handler));
  }

  @Override
  public Future<Integer> read(ByteBuffer target) {
    FutureHandler future = new FutureHandler();
    read(target, this, future);
    return future;
  }

  @Override
  public <A> void write(
      ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
    channel.write(source, attachment, counting(this::writeDone, handler));
  }

  /** Writes with a time limit. */
  public <A> void write(
      ByteBuffer source,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    channel.write(source, timeout, unit, attachment, counting(this::writeDone, handler));
  }

  /** Writes several buffers with a time limit. */
  public <A> void write(
      ByteBuffer[] sources,
      int offset,
      int length,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Long, ? super A> handler) {
    channel.write(
        sources, offset, length, timeout, unit, attachment, counting(this::writeDone, handler));
  }

  @Override
  public Future<Integer> write(ByteBuffer source) {
    FutureHandler future = new FutureHandler();
    write(source, this, future);
    return future;
  }

  @Override
  public TrackedAsynchronousSocketChannel bind(SocketAddress local) throws IOException {
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
  public <T> TrackedAsynchronousSocketChannel setOption(SocketOption<T> name, T value)
      throws IOException {
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
  public TrackedAsynchronousSocketChannel shutdownInput() throws IOException {
    channel.shutdownInput();
    return this;
  }

  /** Closes the writing side. */
  public TrackedAsynchronousSocketChannel shutdownOutput() throws IOException {
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

  /** Counts a finished operation. */
  @FunctionalInterface
  private interface Done {
    void done(long bytes, @Nullable IOException error);
  }

  private static <N extends Number, A> CompletionHandler<N, A> counting(
      Done done, CompletionHandler<N, ? super A> handler) {
    return new CompletionHandler<>() {
      @Override
      public void completed(N count, A attachment) {
        done.done(count.longValue(), null);
        handler.completed(count, attachment);
      }

      @Override
      public void failed(Throwable failure, A attachment) {
        done.done(0, failure instanceof IOException io ? io : new IOException(failure));
        handler.failed(failure, attachment);
      }
    };
  }

  /** A future that a completion handler completes. */
  private static final class FutureHandler extends CompletableFuture<Integer>
      implements CompletionHandler<Integer, Object> {
    @Override
    public void completed(Integer count, Object attachment) {
      complete(count);
    }

    @Override
    public void failed(Throwable failure, Object attachment) {
      completeExceptionally(failure);
    }
  }
}
