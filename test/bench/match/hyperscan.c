/*
 * Hyperscan as a contender: `hyperscan TERMS`, one term a line, as literals without case, each hit accepted only between
 * two characters that are no letters or digits. Orders come as lines (`count TEXTS MS`, `lap TEXTS MS`), each is answered
 * with one line of JSON: see contest.ts. Times are CPU times of the one thread.
 *
 *   cc -O2 -o hyperscan hyperscan.c $(pkg-config --cflags --libs libhs)
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { articles_per_count = 250, bytes_per_look = 16384, files_max = 64 };

struct file {
  char *bytes;
  size_t length;
};

struct article {
  char *text;
  unsigned length;
};

struct texts {
  char path[4096];
  struct article *articles;
  size_t count;
};

static size_t *term_lengths;
static unsigned *seen_in;
static hs_database_t *database;
static hs_scratch_t *scratch;

/* The article that is being scanned. */
static struct article current;
static unsigned current_number;
static unsigned current_hits;

static void fail(const char *why) {
  printf("{\"kind\":\"unable\",\"why\":\"%s\"}\n", why);
  exit(1);
}

static double now_ms(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static double cpu_ms(void) { return now_ms(CLOCK_THREAD_CPUTIME_ID); }

static struct file read_whole(const char *path) {
  FILE *from = fopen(path, "rb");
  if (from == NULL) fail("cannot read a file");
  fseek(from, 0, SEEK_END);
  struct file file = {NULL, (size_t)ftell(from)};
  rewind(from);
  file.bytes = malloc(file.length + 1);
  if (file.bytes == NULL || fread(file.bytes, 1, file.length, from) != file.length) fail("cannot read a file");
  file.bytes[file.length] = '\0';
  fclose(from);
  return file;
}

/* Beyond ASCII: the punctuation of C2 xx and E2 xx xx (quotes, dashes) is no letter, the rest is taken for one. */
static int is_word_before(unsigned at) {
  if (at == 0) return 0;
  unsigned char byte = (unsigned char)current.text[at - 1];
  if (byte < 0x80) return isalnum(byte);
  if (at >= 2 && (unsigned char)current.text[at - 2] == 0xC2) return 0;
  return !(at >= 3 && (unsigned char)current.text[at - 3] == 0xE2);
}

static int is_word_after(unsigned at) {
  if (at >= current.length) return 0;
  unsigned char byte = (unsigned char)current.text[at];
  if (byte < 0x80) return isalnum(byte);
  return byte != 0xC2 && byte != 0xE2;
}

static int on_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  (void)from, (void)flags, (void)context;
  if (seen_in[id] == current_number) return 0;
  unsigned end = (unsigned)to;
  if (is_word_after(end) || is_word_before(end - (unsigned)term_lengths[id])) return 0;
  seen_in[id] = current_number;
  current_hits++;
  return 0;
}

static unsigned hits_of(struct article article) {
  current = article;
  current_number++;
  current_hits = 0;
  if (hs_scan(database, article.text, article.length, 0, scratch, on_hit, NULL) != HS_SUCCESS) fail("hs_scan failed");
  return current_hits;
}

static void compile(struct file file) {
  size_t count = 0, at = 0;
  for (size_t i = 0; i < file.length; i++) count += file.bytes[i] == '\n';
  const char **terms = malloc(count * sizeof *terms);
  unsigned *flags = malloc(count * sizeof *flags);
  unsigned *ids = malloc(count * sizeof *ids);
  term_lengths = malloc(count * sizeof *term_lengths);
  seen_in = calloc(count, sizeof *seen_in);
  for (char *line = strtok(file.bytes, "\n"); line != NULL && at < count; line = strtok(NULL, "\n"), at++) {
    terms[at] = line;
    term_lengths[at] = strlen(line);
    flags[at] = HS_FLAG_CASELESS;
    ids[at] = (unsigned)at;
  }
  hs_compile_error_t *error;
  if (hs_compile_lit_multi(terms, flags, ids, term_lengths, (unsigned)at, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS)
    fail(error->message);
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) fail("no memory for the scratch space");
  free(terms), free(flags), free(ids);
}

/* Title, unit separator, body, record separator; scanned as one text with a line break between the two. */
static struct texts texts_of(const char *path) {
  static struct texts known[files_max];
  static size_t known_count;
  for (size_t i = 0; i < known_count; i++)
    if (strcmp(known[i].path, path) == 0) return known[i];
  if (known_count == files_max) fail("too many files of texts");
  struct file file = read_whole(path);
  struct texts *texts = &known[known_count++];
  snprintf(texts->path, sizeof texts->path, "%s", path);
  size_t count = 0;
  for (size_t i = 0; i < file.length; i++) count += file.bytes[i] == '\x1e';
  texts->articles = malloc(count * sizeof *texts->articles);
  char *start = file.bytes;
  for (char *byte = file.bytes; byte < file.bytes + file.length; byte++) {
    if (*byte == '\x1f') *byte = '\n';
    if (*byte != '\x1e') continue;
    texts->articles[texts->count++] = (struct article){start, (unsigned)(byte - start)};
    start = byte + 1;
  }
  return *texts;
}

static void count(struct texts texts, double limit_ms) {
  double end = cpu_ms() + limit_ms;
  printf("{\"kind\":\"count\",\"hits\":[");
  for (size_t first = 0; first < texts.count && cpu_ms() < end; first += articles_per_count) {
    unsigned long sum = 0;
    for (size_t at = first; at < texts.count && at < first + articles_per_count; at++) sum += hits_of(texts.articles[at]);
    printf("%s%lu", first == 0 ? "" : ",", sum);
  }
  printf("]}\n");
}

static void lap(struct texts texts, double limit_ms) {
  double began = cpu_ms(), began_wall = now_ms(CLOCK_MONOTONIC), took = 0;
  unsigned long bytes = 0, done = 0, hits = 0;
  while (took < limit_ms) {
    for (unsigned long next = bytes + bytes_per_look; bytes < next; done++) {
      struct article article = texts.articles[done % texts.count];
      hits += hits_of(article);
      bytes += article.length;
    }
    took = cpu_ms() - began;
  }
  printf("{\"kind\":\"lap\",\"lap\":{\"bytes\":%lu,\"articles\":%lu,\"hits\":%lu,\"cpuMs\":%f,\"wallMs\":%f}}\n", bytes, done,
         hits, took, now_ms(CLOCK_MONOTONIC) - began_wall);
}

static double load_ms(size_t *length) {
  char *bytes;
  hs_database_t *again = NULL;
  if (hs_serialize_database(database, &bytes, length) != HS_SUCCESS) fail("hs_serialize_database failed");
  double began = now_ms(CLOCK_MONOTONIC);
  if (hs_deserialize_database(bytes, *length, &again) != HS_SUCCESS) fail("hs_deserialize_database failed");
  double took = now_ms(CLOCK_MONOTONIC) - began;
  hs_free_database(again);
  free(bytes);
  return took;
}

int main(int argc, char **argv) {
  if (argc != 2) fail("usage: hyperscan TERMS");
  setvbuf(stdout, NULL, _IOLBF, 0);
  struct file terms = read_whole(argv[1]);
  double began = cpu_ms();
  compile(terms);
  double compile_ms = cpu_ms() - began;
  size_t database_bytes, scratch_bytes, serialized;
  hs_database_size(database, &database_bytes);
  hs_scratch_size(scratch, &scratch_bytes);
  double load = load_ms(&serialized);
  printf("{\"kind\":\"ready\",\"compileMs\":%f,\"heldBytes\":%zu,\"artifactBytes\":%zu,\"loadMs\":%f}\n", compile_ms,
         database_bytes + scratch_bytes, serialized, load);
  char order[5000];
  while (fgets(order, sizeof order, stdin) != NULL) {
    char *what = strtok(order, "\t"), *path = strtok(NULL, "\t"), *ms = strtok(NULL, "\t");
    if (what == NULL || path == NULL || ms == NULL) fail("an order is what, file and milliseconds");
    if (strcmp(what, "count") == 0) count(texts_of(path), atof(ms));
    else lap(texts_of(path), atof(ms));
  }
  return 0;
}
