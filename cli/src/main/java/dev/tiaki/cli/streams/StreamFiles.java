package dev.tiaki.cli.streams;

import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stream files that one worker writes, under provisional names. */
public final class StreamFiles {
  private final Path folder;
  private final int worker;
  private final OpenFiles files;
  private List<Pair> streams = new ArrayList<>();
  private long opened;

  StreamFiles(Path folder, int worker, int maxOpenFiles) {
    this.folder = folder;
    this.worker = worker;
    this.files = new OpenFiles(maxOpenFiles);
  }

  /** Both directions of one stream. */
  static final class Pair {
    private final StreamFile up;
    private final StreamFile down;
    private StreamRow row;

    private Pair(StreamRow row, StreamFile up, StreamFile down) {
      this.row = row;
      this.up = up;
      this.down = down;
    }

    StreamRow row() {
      return row;
    }

    StreamFile up() {
      return up;
    }

    StreamFile down() {
      return down;
    }
  }

  /** One stream that is being written. */
  public static final class Stream {
    private final Pair pair;

    private Stream(Pair pair) {
      this.pair = pair;
    }

    /** Says who the ends are, once that is known better; the first packet stays the first. */
    public void describe(StreamRow better) {
      StreamRow row = pair.row;
      pair.row =
          new StreamRow(
              row.capture(),
              row.captureRank(),
              row.firstPacket(),
              better.clientIp(),
              better.clientPort(),
              better.serverIp(),
              better.serverPort());
    }

    /** Returns what takes the bytes of {@code direction}. */
    public StreamObserver observer(Direction direction) {
      return direction == Direction.UP ? pair.up : pair.down;
    }
  }

  /** Begins the files of a stream; they are made when there is payload. */
  public Stream open(StreamRow row) {
    String name = ".worker-" + worker + "-" + opened++;
    StreamFile up = new StreamFile(files, folder.resolve(name + "-up"), Direction.UP);
    StreamFile down = new StreamFile(files, folder.resolve(name + "-down"), Direction.DOWN);
    Pair pair = new Pair(row, up, down);
    streams.add(pair);
    return new Stream(pair);
  }

  List<Pair> take() {
    List<Pair> taken = streams;
    streams = new ArrayList<>();
    return taken;
  }

  void close() throws IOException {
    files.close();
  }
}
