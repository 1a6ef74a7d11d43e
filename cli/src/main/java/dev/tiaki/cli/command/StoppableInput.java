package dev.tiaki.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Standard input that can be ended from within: a read from a pipe cannot be interrupted, so a
 * thread of its own waits for the bytes and the reader only waits for that thread.
 */
final class StoppableInput extends InputStream {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int BLOCKS = 16;
  private static final long LOOK_MILLIS = 50;
  private static final byte[] END = {};

  private final InputStream source;
  private final ArrayBlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(BLOCKS);
  private boolean started;
  private volatile boolean stopped;
  private byte[] block = END;
  private int position;
  private boolean ended;

  /** Reads {@code source}, from the first read on. */
  StoppableInput(InputStream source) {
    this.source = source;
  }

  /** Makes the input end for its reader; may be called by any thread. */
  void stop() {
    stopped = true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == block.length && !nextBlock()) {
      return -1;
    }
    int count = Math.min(length, block.length - position);
    System.arraycopy(block, position, bytes, offset, count);
    position += count;
    return count;
  }

  private boolean nextBlock() throws IOException {
    if (!started) {
      started = true;
      Thread.ofPlatform().daemon().name("standard-input").start(this::pump);
    }
    try {
      byte[] next = null;
      while (next == null && !ended && !stopped) {
        next = blocks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      ended |= next == null || next == END;
      block = ended || next == null ? END : next;
      position = 0;
      return !ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("standard input: interrupted", e);
    }
  }

  private void pump() {
    try {
      byte[] buffer = new byte[BLOCK_BYTES];
      for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
        if (n > 0) {
          blocks.put(Arrays.copyOf(buffer, n));
        }
      }
      blocks.put(END);
    } catch (IOException brokenPipe) {
      blocks.offer(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
