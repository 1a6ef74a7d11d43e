package dev.tiaki.bench.fuzz;

import dev.tiaki.traffic.fuzz.ByteMutator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes broken inputs of good ones: octets are damaged, pieces lost, repeated, exchanged, cut. */
final class InputMutator {
  private static final int MAX_STEPS = 6;
  private static final int MAX_PIECES = 24;

  private final Random random;
  private final ByteMutator octets;
  private final List<List<Piece>> seeds;

  InputMutator(List<List<Piece>> seeds, Random random) {
    this.seeds = seeds;
    this.random = random;
    this.octets = new ByteMutator(random);
  }

  List<Piece> next() {
    List<Piece> pieces = new ArrayList<>(anyInput());
    for (int steps = 1 + random.nextInt(MAX_STEPS); steps > 0 && !pieces.isEmpty(); steps--) {
      step(pieces);
    }
    return pieces;
  }

  private List<Piece> anyInput() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private void step(List<Piece> pieces) {
    int at = random.nextInt(pieces.size());
    Piece piece = pieces.get(at);
    switch (random.nextInt(12)) {
      case 0 -> pieces.remove(at);
      case 1 -> insert(pieces, at, piece);
      case 2 -> pieces.set(at, pieces.set(random.nextInt(pieces.size()), piece));
      case 3 -> cut(pieces, at);
      case 4 -> insert(pieces, at, anyPiece());
      default -> pieces.set(at, piece.with(octets.mutated(piece.octets(), anyPiece().octets())));
    }
  }

  private Piece anyPiece() {
    List<Piece> input = anyInput();
    return input.get(random.nextInt(input.size()));
  }

  private static void insert(List<Piece> pieces, int at, Piece piece) {
    if (pieces.size() < MAX_PIECES) {
      pieces.add(at, piece);
    }
  }

  private void cut(List<Piece> pieces, int at) {
    byte[] whole = pieces.get(at).octets();
    if (whole.length > 1) {
      int where = 1 + random.nextInt(whole.length - 1);
      insert(pieces, at, pieces.get(at).with(Arrays.copyOf(whole, where)));
      pieces.set(
          Math.min(at + 1, pieces.size() - 1),
          pieces.get(at).with(Arrays.copyOfRange(whole, where, whole.length)));
    }
  }
}
