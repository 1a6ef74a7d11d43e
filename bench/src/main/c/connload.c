// connload serve PORT: answers every connection with 2000 bytes and closes it.
// connload ask ADDRESS PORT SECONDS: one connection after the other; prints connections per second and the median of
// their microseconds, from connect to the end of the answer.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in at(const char *address, int port) {
  struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, address, &result.sin_addr);
  return result;
}

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static int serve(int port) {
  static char answer[2000];
  char request[100];
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in own = at("0.0.0.0", port);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (void *)&own, sizeof own) || listen(listener, 1000)) {
    perror("serve");
    return 1;
  }
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (read(client, request, sizeof request) > 0 && write(client, answer, sizeof answer) < 0) {
      perror("write");
    }
    close(client);
  }
}

static int compare(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

int main(int count, char **words) {
  static double taken[1 << 20];
  char buffer[4000];
  if (count == 3) {
    return serve(atoi(words[2]));
  }
  struct sockaddr_in server = at(words[2], atoi(words[3]));
  double start = micros(), end = start + atof(words[4]) * 1e6;
  int done = 0;
  while (micros() < end && done < 1 << 20) {
    double before = micros();
    int got, total = 0, link = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(link, (void *)&server, sizeof server) || write(link, "ask", 3) != 3) {
      perror("ask");
      return 1;
    }
    while ((got = read(link, buffer, sizeof buffer)) > 0) {
      total += got;
    }
    close(link);
    if (total != 2000) {
      fprintf(stderr, "answer of %d bytes\n", total);
      return 1;
    }
    taken[done++] = micros() - before;
  }
  double seconds = (micros() - start) / 1e6;
  qsort(taken, done, sizeof *taken, compare);
  printf("%.0f %.0f\n", done / seconds, taken[done / 2]);
  return 0;
}
