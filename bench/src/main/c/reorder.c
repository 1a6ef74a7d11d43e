// Holds every packet of queue 9 for 3 milliseconds, so that others overtake it, and accepts it then.
#include <arpa/inet.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#define HELD (1 << 16)
#define DELAY_MICROS 3000

static struct { unsigned id; double due; } held[HELD];
static unsigned first, next;

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static int hold(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *data, void *unused) {
  held[next % HELD].id = ntohl(nfq_get_msg_packet_hdr(data)->packet_id);
  held[next++ % HELD].due = micros() + DELAY_MICROS;
  return 0;
}

int main(void) {
  static char buffer[1 << 18];
  struct nfq_handle *handle = nfq_open();
  struct nfq_q_handle *queue = handle ? nfq_create_queue(handle, 9, hold, NULL) : NULL;
  if (!queue) {
    perror("queue 9");
    return 1;
  }
  nfq_set_mode(queue, NFQNL_COPY_PACKET, 64);
  nfq_set_queue_maxlen(queue, HELD / 2);
  nfq_set_queue_flags(queue, NFQA_CFG_F_GSO | NFQA_CFG_F_FAIL_OPEN, NFQA_CFG_F_GSO | NFQA_CFG_F_FAIL_OPEN);
  struct pollfd input = {.fd = nfq_fd(handle), .events = POLLIN};
  for (;;) {
    poll(&input, 1, first == next ? -1 : 1);
    int length = recv(input.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (length > 0) {
      nfq_handle_packet(handle, buffer, length);
    }
    for (; first != next && held[first % HELD].due <= micros(); first++) {
      nfq_set_verdict(queue, held[first % HELD].id, NF_ACCEPT, 0, NULL);
    }
  }
}
