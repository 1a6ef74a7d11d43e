// Accepts every packet of queue 0, one verdict each: what any program behind the queue costs at least.
// usage: queuefloor [gso]
#include <arpa/inet.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>

static int accept_it(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *data, void *unused) {
  struct nfqnl_msg_packet_hdr *header = nfq_get_msg_packet_hdr(data);
  return nfq_set_verdict(queue, ntohl(header->packet_id), NF_ACCEPT, 0, NULL);
}

int main(int count, char **words) {
  static char buffer[1 << 18];
  struct nfq_handle *handle = nfq_open();
  struct nfq_q_handle *queue = handle ? nfq_create_queue(handle, 0, accept_it, NULL) : NULL;
  if (!queue) {
    perror("queue 0");
    return 1;
  }
  nfq_set_mode(queue, NFQNL_COPY_PACKET, 0xffff);
  nfq_set_queue_maxlen(queue, 8192);
  if (count > 1 && nfq_set_queue_flags(queue, NFQA_CFG_F_GSO, NFQA_CFG_F_GSO) < 0) {
    perror("gso");
    return 1;
  }
  int bytes = 16 << 20;
  setsockopt(nfq_fd(handle), SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
  for (;;) {
    int length = recv(nfq_fd(handle), buffer, sizeof buffer, 0);
    if (length > 0) {
      nfq_handle_packet(handle, buffer, length);
    }
  }
}
