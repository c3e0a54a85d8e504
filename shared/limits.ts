/** Every bound of Watchword and why it is what it is. Unit and bound stand last in the name. */
export const limits = {
  // --- poll ---------------------------------------------------------------------------------------------------------
  /** The clock of the whole: schedules, intervals and slots are judged every five minutes. */
  tickMinutes: 5,
  /** Slots fall together within a quarter of an hour: who is asked every 15 minutes or less often is asked in the same tick as its shard. */
  ticksTogether: 3,
  /** One invocation reads so many feeds: their states are one query page, and waiting for hosts is shared. */
  feedsPerShard: 1_000,
  /** 64,000 feeds. Former homes of a feed's state are looked for up to here. */
  shardsMax: 64,
  /** So many hosts are asked at the same time; each host is asked one thing at a time. */
  hostsAtOnceMax: 64,
  /** Entries remembered of a feed, even when the document holds fewer: what leaves a document may come back. */
  seenEntriesMin: 50,
  /** A poll begins no look when less than this is left of its invocation: a look takes 10 s at most, then it is written down. */
  pollReserveSeconds: 15,
  /** What headers and documents may ask us to wait between two looks: a year is a setting for pictures, and would be silence. */
  restHoursMax: 24,
  /** A feed's rate is measured over about so long: a week shows its days at work and its Sundays. */
  rateDays: 7,
  /** A document without any shared with the one before is told as a gap only if it had room for an overlap. */
  gapEntriesMin: 2,
  /** After a gap a feed whose interval is ours to choose is looked at as often as may be, for so long. */
  gapHours: 24,
  /** Fewer entries than that under new ids are a few new entries; more may be a publisher who renamed everything. */
  renamedEntriesMin: 5,
  /** Over this share of the links that we know came back under new ids: nobody writes all their articles anew at once. */
  renamedPercent: 80,
  /** Publishers who rename everything by mistake put it right within a day. */
  heldHours: 24,
  /** Redirects "for ever" are often a mistake of an afternoon; three days outlast a weekend's outage. */
  moveDays: 3,
  /** Two answers "gone" count when a day lies between them: then a feed is no longer asked. */
  goneHours: 24,
  /** But for once in this time: some come back, and an operator's file cannot tell. */
  goneAskAgainDays: 30,
  /** Once in this time a feed is asked without validators: some servers answer "not changed" for ever. */
  wholeLookDays: 7,
  /** A look that takes so long is called slow: half the time that it has. */
  slowLookSeconds: 5,
  /** Changes of a feed's health that are remembered: a week of a feed that fails and recovers daily is no news by then. */
  healthTurnsMax: 6,
  /** Quiet: so many entries were to be expected by the feed's own rate, and none came. By chance alone that is one in 3,000. */
  quietEntries: 8,
  /** But never sooner: papers rest over long weekends. */
  quietDaysMin: 4,
  /** Nor later, and for feeds that never showed a rate: most of those that rest for a month have ended. */
  quietDaysMax: 45,
  /** A look's record serves the receipts of digests that come at most weekly; kept for five weeks. */
  lookRecordDays: 35,
  // --- feed -------------------------------------------------------------------------------------------------------------
  /** Entries of one document. The longest real feeds are podcasts with some 1,000; more is an archive or an attack. */
  entriesMax: 1_000,
  /** One field of an entry, markup included. The longest article texts of real feeds stay under 300 kB. */
  fieldCharsMax: 500_000,
  /** Elements that say something of one entry; a rich one has ten. */
  elementsPerEntryMax: 100,
  /** Entities that a document defines itself: real ones are a few names and signs. All together they make a document at most ten times as long. */
  ownEntitiesMax: 64,
  ownEntityCharsMax: 32,
  /** Elements open within one entry that say nothing to us; XHTML of real entries nests some thirty deep. */
  depthMax: 256,
  /** A JSON Feed nests five deep; engines need seconds to refuse millions. */
  jsonDepthMax: 64,
  /** One attribute value or one tag; beyond it a quote was left open. */
  tagCharsMax: 65_536,
  /** Attributes looked at in one tag; real ones have at most some twenty namespace declarations. */
  attributesMax: 256,
  /** A publisher's id is part of a hash; a longer one is replaced by its own hash. */
  entryIdCharsMax: 1_024,
  /** A link of an entry: tracking links of real feeds pass 2,000, none passes this. */
  entryLinkCharsMax: 8_192,
  /** No way to write a date is longer. */
  dateCharsMax: 100,
  // --- fetch ------------------------------------------------------------------------------------------------------------
  /** Of one answer after unpacking. The largest of 3,236 real feeds has 3 MB. */
  bodyBytesMax: 10 * 1024 * 1024,
  /** All headers of one answer together; Node refuses the rest while reading. */
  headerBytesMax: 16 * 1024,
  /** Redirects followed in one look; browsers stop at 20, real chains end at 3. */
  redirectHopsMax: 5,
  /** One look, all hops and the whole body. */
  lookSecondsMax: 10,
  /** What a publisher may ask us to wait: sooner is our own clock, later would be silence. */
  retryAfterMinutesMin: 15,
  retryAfterHoursMax: 24,
  /** An idle connection is kept so long for the next feed of the same host. */
  idleConnectionSeconds: 5,
  /** Entries that a process of the poll keeps marks of: three shards of feeds of thirty, in some 22 MB of its 512. */
  slicesRememberedMax: 100_000,
  /** Between an answer of a host and the next question to it, whoever asks: fewer than one reader's browser asks. */
  hostGapMs: 250,
  /** Hosts whose last answer is remembered: more than are asked within one gap, by far. */
  hostsRememberedMax: 2_000,
  /** One attempt to connect: a handshake takes less than a second around the world, and is repeated once after one. */
  connectSecondsMax: 3,
  /** Of one family; with both families, and all of them dead, the attempts still fit into a look. */
  addressesTriedMax: 2,
  /** A question to the resolver, and how often it is asked: a packet may be lost, a dead name is not to use up the look. */
  nameSecondsMax: 2,
  nameAttemptsMax: 2,
  // --- article --------------------------------------------------------------------------------------------------------
  /** Of a page. Long live blogs have 2 MB, most of it scripts. */
  articleBytesMax: 4 * 1024 * 1024,
  /** Elements of a page besides scripts and drawings; news pages have 1,000 to 4,000. What Readability needs grows faster than they do. */
  articleElementsMax: 8_000,
  /** Text of a page, JSON-LD included: a book has as much. */
  articleTextCharsMax: 500_000,
  /** Elements within elements; real pages reach 40. What is deeper counts as standing at this depth. */
  articleDepthMax: 64,
  /** Of one attribute: enough for all that says what an element is for. */
  articleAttributeCharsMax: 400,
  /** A shorter text is a picture's caption or the feed's teaser again; the shortest news items have some 60 words. */
  articleLettersMin: 250,
  /** A feed's text of an entry that is shorter is a teaser: three sentences. `text: auto` then reads the page. */
  teaserCharsMax: 500,
  /** Pages asked for in one look: a busy outlet publishes some ten articles in a quarter of an hour. Of the others the feed's text counts. */
  articlesPerLookMax: 20,
  /** For all pages of one look: a host is asked some times a second at most, and others wait for the look to end. */
  articlesSecondsMax: 15,
  /** Pages of one look with the very same text: two may be one article under two addresses, three are a notice. */
  articlesAlikeMin: 3,
  /** For one page, its redirects included. */
  articleSecondsMax: 5,
  // --- finding feeds --------------------------------------------------------------------------------------------------
  /** Feeds of one page that are looked at; a large paper names a dozen in its head. */
  feedLinksMax: 20,
  /** Links of one page that are looked at. */
  pageLinksMax: 5_000,
  // --- store ----------------------------------------------------------------------------------------------------------
  /** BatchGetItem takes so many keys. */
  batchGetKeysMax: 100,
  /** BatchWriteItem takes so many puts and deletes. */
  batchWriteItemsMax: 25,
  /** A batch is tried again so often without any of it being done before that is a fault. */
  batchAttemptsMax: 8,
  /** Hits, and the marks that they were listed, outlive any feed's memory of its entries. */
  hitDays: 400,
  /** A row that others keep changing at the same moment is tried so often; people who choose the same thing are few at once. */
  conflictsMax: 8,
  // --- digest -----------------------------------------------------------------------------------------------------------
  /** Hits frozen into one issue; the item stays under DynamoDB's 400 kB. What is over waits for the next issue. */
  hitsPerIssueMax: 5_000,
  /** Feeds that a receipt names in each of its lists; the others are counted. */
  receiptNamesMax: 500,
  /** Editions of one digest that people chose: each hit is noted for each of them, and each is looked after in every tick. */
  editionsPerDigestMax: 100,
  /** How long an edition is carried along by the digest's own: longer than a poll that does not know it is under way. */
  youngEditionMinutes: 15,
  /** A poll believes the list of editions so long; with the longest look after it, well within an edition's youth. */
  editionsKnownMinutes: 5,
  /** What is left of an edition that ended; chosen again within this time, its issues are counted on. */
  endedEditionDays: 400,
  /** Issues of chosen editions in one tick, on a host without a limit of time; the others go on in the next. */
  chosenIssuesPerTickMax: 200,
  /** No issue of a chosen edition is begun when less than this is left of the invocation: frozen, rendered and queued it takes a few seconds. */
  digestReserveSeconds: 20,
  /** A row of a reader who left is kept for as long as a message of an issue that they are owed may lie in a queue, and a day more. */
  readerRowDays: 5,
  /** Readers whom one message asks for their consent: 15 reads of a hundred rows and 500 writes, some seconds of the minute that it has. */
  readersPerPage: 500,
  /** Writes that a fan-out has under way at once. */
  queuedAtOnceMax: 25,
  /** Issues that a process of deliver keeps: the editions of one morning come one after the other. */
  issuesRememberedMax: 8,
  /** Deliveries named by one message; what its invocation has no time for comes again as a message of its own. With what stands of their people they are one read of a hundred rows. */
  deliveriesPerMessage: 25,
  /** Slots are looked for so many days away: a weekly day that a zone left out (Apia, 2011-12-30) comes 14 days after the last. */
  slotSearchDays: 15,
  /** Outlets tell the same story within three days; after that the same words are more likely to be new news. */
  storyWindowHours: 72,
  /** A headline is held against so many earlier ones that share its rarest word: more sharing it make it no rare word. */
  storyCandidatesMax: 200,
  // --- mail ---------------------------------------------------------------------------------------------------------------
  /** Gmail cuts a mail near 102 kB of HTML, counted after encoding. Reports differ by a few kB and headers add some. */
  mailHtmlEncodedBytesMax: 70_000,
  /** A headline longer than this is no headline. */
  mailTitleCharsMax: 300,
  /** A sentence about a feed or a match: two lines on a screen. */
  mailSentenceCharsMax: 300,
  /** A subject is read in one line, cut by clients near 70; the rest is for search. */
  mailSubjectCharsMax: 140,
  /** Lines of each list of names, so that stories keep the room; what is over is counted. */
  mailListLinesMax: 20,
  /** Outlets named under one story; what is over is counted. */
  mailOutletsPerStoryMax: 12,
  /** A reader's own link is one header line, unfolded. */
  ownUrlCharsMax: 400,
  /** Of an issue in the browser: at their longest, a hundred stories are some 300 kB compressed, and an item may have 400. */
  storiesPerPage: 100,
  // --- delivery ---------------------------------------------------------------------------------------------------------
  /** How long a worker owns a delivery: the function's timeout, and clocks that differ by five minutes. */
  leaseSeconds: 400,
  /** No send begins when less than this is left of an invocation: a send waits 15 s for its answer, then it is noted. */
  deliverReserveSeconds: 20,
  /** How long to wait for a notice about a send whose answer was lost. */
  unknownWaitMinutes: 15,
  /** Attempts at one delivery whose fate stays unknown. */
  sendAttemptsMax: 3,
  /** When the mailer says "not now": something about the account that somebody has to put right. */
  sendLaterSeconds: 60,
  /** When the mailer says "not so fast". */
  sendThrottledSeconds: 5,
  /** When the mailer says "no more today": its day is any 24 hours. */
  sendQuotaHours: 24,
  /** Mails a second on AWS where the watch file says nothing: what SES gives an account at first, once it has left the sandbox. */
  sendsPerSecond: 14,
  /** What a watch file may say; accounts with more are spoken to by other means. */
  sendsPerSecondMax: 1_000,
  /** A turn to send is held so long; who comes later takes a new one, or all that waited through an outage would go at once. */
  sendTurnSeconds: 5,
  /** After another worker took its turn in the same moment. */
  sendTurnAgainSeconds: 1,
  /** SQS delays a message so long at most. */
  queueDelaySecondsMax: 900,
  /** Links in mails work at least so long, over one change of the key: mails are kept, and opened again. */
  linkDays: 730,
  // --- people -----------------------------------------------------------------------------------------------------------
  /** Questions of one source within an hour: an office behind one address signs up in one meeting. */
  asksPerSourcePerHourMax: 30,
  /** Between two letters to one address: who presses the button again gets no second mail. */
  letterGapMinutes: 15,
  /** Letters to one address in `letterDays` that a stranger can cause: one may be lost, one overlooked. */
  lettersPerAddressMax: 3,
  letterDays: 30,
  /** And those that only who has a link to the preferences can cause. */
  lettersByLinkMax: 10,
  /** Letters to all addresses together: more sign-ups within an hour than a large house has are an attack. */
  lettersPerHourMax: 500,
  /** What was asked waits so long for its answer. */
  requestHours: 24,
  /** How long a sign-up may be confirmed. After it, an address that never was is forgotten. */
  confirmDays: 30,
  /** How long a link to one's data works: it shows everything. */
  exportHours: 24,
  /** Issues of each edition in which the deliveries of a person are looked for. */
  exportIssuesMax: 100,
  /** An edition that was left gets one more issue. By then every schedule had a slot: see `slotSearchDays`. */
  leftEditionDays: 15,
  /** Mails of different issues that came back for now, over at least so many days and with none delivered between. */
  softBouncesMax: 5,
  softBounceDays: 5,
  /** SQS carries no longer message (256 kB). */
  noticeCharsMax: 262_144,
  // --- queue ------------------------------------------------------------------------------------------------------------
  /** SendMessageBatch takes so many messages. */
  messagesPerSendMax: 10,
  // --- the subscriber's pages -------------------------------------------------------------------------------------------
  /** Of one form. The longest of ours, the preferences of 200 digests, has some 25 kB. */
  formBytesMax: 64 * 1024,
  /** The same form has four fields for each digest. */
  formFieldsMax: 1_000,
  /** RFC 5321, 4.5.3.1: a path of 256 with its brackets; before the `@` 64. */
  addressCharsMax: 254,
  addressLocalCharsMax: 64,
  /** Watches named of one digest on the sign-up page; what is over is counted. */
  watchesNamedMax: 8,
  /** A longer pause is an end: who comes back after a year signs up again. */
  pauseDaysMax: 366,
  // --- this machine -----------------------------------------------------------------------------------------------------
  /** A wait at the embedded queue cannot be called back, and what it takes after its caller left stays hidden for minutes. */
  localReceiveWaitSeconds: 1,
  /** After a fault of the embedded queue. */
  localReceiveAgainSeconds: 1,
  /** Notices told again at a start that are on their way at once: thousands would all wait for the same 50 connections. */
  noticesAtOnceMax: 25,
  /** A host that is told to stop lets handlers finish so long; what they leave comes again. */
  localStopSeconds: 1.5,
  /** SES v1: a message of 10 MB before base64, 50 recipients. */
  rawMailBytesMax: 10_485_760,
  recipientsPerMailMax: 50,
  /** What SES lets a new account send, until its operator asks for more. */
  sandboxSendsPerSecondMax: 1,
  sandboxSendsPerDayMax: 200,
  /** Such a message as base64 in a form, at worst each character written as three; and its envelope. */
  mailRequestBytesMax: 42_000_000,
  // --- operator's pages -------------------------------------------------------------------------------------------------
  /** Rows of one list: the newest or most pressing; how many more there are is said. */
  operatorRowsMax: 200,
  /** Rows of each list on the overview, which is read at a glance. */
  overviewRowsMax: 8,
  /** Articles on one page of hits: a morning's reading. */
  hitsPageArticlesMax: 50,
  /** Of the words that hits are searched for; a longer text is a paste by mistake. */
  searchCharsMax: 200,
  /** Entries of the feed of hits: readers that ask daily miss none, but for a flood. */
  hitsFeedEntriesMax: 100,
  /** A page waits so long for all hits to be read the first time, then it says how far that is. */
  hitsReadMsMax: 400,
  /** Parts of a column that colours can tell apart; the least of them stand together. */
  chartSeriesMax: 8,
  /** Issues whose deliveries are looked at for the state of mails, the newest first, and their deliveries. */
  mailStateIssuesMax: 50,
  mailStateDeliveriesMax: 5_000,
  /** Subscriptions whose state is looked up for a page; three small items each. */
  operatorReadersMax: 2_000,
  /** Of the text part of a stored mail; ours stay far below. */
  mailTextShownCharsMax: 200_000,
  /** Of one header of a stored mail; a signature has some 1,000. */
  mailHeaderShownCharsMax: 2_000,
  // --- history ----------------------------------------------------------------------------------------------------------
  /** A month shows each day of the week four times; texts of others are not kept for longer than that needs. */
  historyDaysMax: 30,
  /** Compressed, of one day on this machine: some 100,000 articles. What is over is not kept, and replay says so. */
  historyDayBytesMax: 64 * 1024 * 1024,
  /** What replay looks at when nothing is said. */
  replayDays: 7,
  /** Headlines shown of what a watch gains, and of what it loses. */
  replaySamplesMax: 3,
  // --- watch file -------------------------------------------------------------------------------------------------------
  /** Room for the most watches and their examples, some 60,000 lines. Also what an OPML file may hold. */
  watchFileCharsMax: 4_000_000,
  /** Deeper than any shape of the language; the reader of YAML and ours recurse. */
  watchFileDepthMax: 12,
  /** Told at once. After so many stumbles the rest is mostly their echo. */
  syntaxErrorsMax: 50,
  /** Sixty-four shards at a comfortable fill. */
  feedsMax: 20_000,
  /** Beyond it browsers, proxies and mail clients begin to cut. */
  urlCharsMax: 2_000,
  /** Once in five minutes is the clock of the poll; a look a day is the least that can be called watching. */
  everyMinutesMin: 5,
  everyMinutesMax: 1_440,
  /** What `auto` starts with, before a feed has shown how often it publishes. */
  everyMinutes: 15,
  /** Part of the User-Agent of every request. */
  contactCharsMax: 200,
  /** What `auto` may grow to when nothing is said: the longest of its intervals. */
  atMostMinutes: 240,
  /** A week of a feed is what a newcomer can still read. */
  firstLookHoursMax: 168,
  firstLookHours: 24,
  /** An excerpt is a quotation: a paragraph, not the article. */
  excerptCharsMax: 1_000,
  excerptChars: 300,
  /** Names stand in subjects of mails and in lists. */
  nameCharsMax: 100,
  /** More lines than that is several watches. Lines of lists count. */
  linesPerWatchMax: 64,
  /** Words between the groups of a `near`: wider than that is "anywhere". */
  nearWordsMax: 50,
  /** A large press office has some hundred; beyond this a file of terms is a database. */
  watchesMax: 10_000,
  digestsMax: 200,
  /** Addresses named by the operator; everybody else subscribes. */
  addressesPerDigestMax: 100,
  /** A watch over this share of the sample headlines finds nearly everything. */
  noisyPercent: 2,
  // --- watch language ---------------------------------------------------------------------------------------------------
  /** Twelve words are a sentence; a longer phrase is never repeated word for word. */
  termWordsMax: 12,
  /** Twelve long words. */
  termCharsMax: 300,
  /** Shorter beginnings begin too many words. A syllable of Korean counts its letters. */
  prefixLettersMin: 4,
  /** Words that dashes join are also read as one: `end-to-end` has three, the longest in common use four or five. */
  joinedWordsMax: 6,
  /** Groups of one `near`: each more doubles what has to be tried. Real ones have two or three. */
  nearGroupsMax: 8,
  /** News of the last days of an office still names who has just left it. */
  holderGraceDays: 7,
  /** Lines kept once they are read: those of the largest watch file, twice over. */
  linesRememberedMax: 50_000,
  /** Stems kept by a matcher; the words of 24,000 articles are some 48,000, and kept they are some 8 MB. */
  stemsRememberedMax: 100_000,
  /** So many places of an entry are looked at by the reference one by one; with more its text is read whole. News has two or three. */
  windowsPerEntryMax: 64,
  /** A window of more words than that on one side is as dear as the whole text. */
  windowWordsMax: 512,
  /** Places told of one entry, all watches together. Each watch that holds is told with one place at least, whatever their number. */
  placesPerEntryMax: 100_000,
  /** A headline longer than this is no headline. */
  titleCharsMax: 300,
  /** An entry without a title is called by the beginning of its text. */
  titleFromTextCharsMax: 100,
  /** The words that fired, as told to readers; a match is at most a phrase, but a "word" may be any length. */
  reasonCharsMax: 120,
  /** Lines named in "why is this here?" before the rest is counted. */
  reasonsShownMax: 3,
} as const;
