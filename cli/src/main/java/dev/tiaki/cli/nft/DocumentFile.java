package dev.tiaki.cli.nft;

import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A document in a file, or on standard input where the file is named {@code -}. */
final class DocumentFile {
  private DocumentFile() {}

  /** Reads it; what cannot be read is a problem of no command. */
  static ReadResult read(String file, NftReader reader) {
    try (InputStream stream = open(file)) {
      return reader.read(stream);
    } catch (NoSuchFileException e) {
      return problem("there is no such file");
    } catch (IOException e) {
      return problem("the file cannot be read: " + e.getMessage());
    }
  }

  /** Reads it, or says what is wrong with it. */
  static NftDocument require(String file, NftReader reader) throws IOException {
    return switch (read(file, reader)) {
      case ReadResult.Read(NftDocument document) -> document;
      case ReadResult.Refused(NftProblem problem) -> throw new IOException(file + ": " + problem);
    };
  }

  private static InputStream open(String file) throws IOException {
    return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
  }

  private static ReadResult problem(String reason) {
    return new ReadResult.Refused(new NftProblem(-1, "", reason));
  }

  /** Returns the problem of a result, or null. */
  static @Nullable NftProblem problemOf(ReadResult result) {
    return switch (result) {
      case ReadResult.Read _ -> null;
      case ReadResult.Refused(NftProblem problem) -> problem;
    };
  }
}
