/**
 * Where the stemmer would err for news, the families written out: irregular forms that it does not know, words that
 * it would throw together, relatives that it would keep apart. The first of each line names the family.
 */

/** Forms no rule makes, and nouns of verbs that no rule goes back from. Verbs to be, to have and to do are left out: they stand everywhere. */
const irregulars = `
add added adding; err erred erring; sue sued sues suing; queue queued queues queuing queueing; free freed frees freeing freer; dye dyed dyeing;
traffic trafficked trafficking trafficker traffickers; panic panicked panicking; mimic mimicked mimicking; picnic picnicked picnicking; politic politicking; frolic frolicked;
 ebb ebbed ebbing; arise arose arisen; gas gases gassed gassing; bus buses; awake awoke awoken; beat beaten; become became; begin began begun; bend bent; bind bound; bite bit bitten;
bleed bled; blow blew blown; break broke broken; breed bred; bring brought; broadcast broadcasted; build built; burn burnt; buy bought; catch caught;
choose chose chosen; cling clung; come came; creep crept; deal dealt; die dies died dying; dig dug; draw drew drawn; drink drank drunk;
drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown;
forbid forbade forbidden; forecast forecasted; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given;
go went gone goes; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; know knew known; lay laid; lead led;
learn learnt; leave left; lend lent; lie lies lied lying; light lit; lose lost; make made; mean meant; meet met; mislead misled; mistake mistook mistaken;
overcome overcame; oversee oversaw overseen; overthrow overthrew overthrown; overtake overtook overtaken; pay paid; prove proven; rebuild rebuilt; ride rode ridden;
ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent; shake shook shaken;
shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid;
speak spoke spoken; spend spent; spill spilt; spin spun; spring sprang sprung; stand stood; steal stole stolen; stick stuck;
strike struck stricken; swear swore sworn; sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn;
tell told; think thought; throw threw thrown; undergo underwent undergone; understand understood; undertake undertook undertaken;
uphold upheld; wake woke woken; wear wore worn; weep wept; win won; withdraw withdrew withdrawn; withhold withheld;
withstand withstood; write wrote written;
apply application applications applicant applicants; assume assumption assumptions; collide collision collisions;
consume consumption; convert conversion conversions; decide decision decisions; defend defence defense; destroy destruction;
divert diversion diversions; evade evasion; expand expansion expansions; explode explosion explosions explosive explosives;
extend extension extensions; intrude intrusion intrusions; invade invasion invasions; produce production productions;
reduce reduction reductions; seize seizure seizures; subscribe subscription subscriptions; suspend suspension suspensions;
man men; woman women; child children; person people persons; foot feet; tooth teeth; goose geese; mouse mice; ox oxen;
knife knives; life lives; wife wives; leaf leaves; thief thieves; loaf loaves; half halves; calf calves; wolf wolves; shelf shelves;
crisis crises; analysis analyses; basis bases; thesis theses; hypothesis hypotheses; diagnosis diagnoses; emphasis emphases; oasis oases;
criterion criteria; vertex vertices; phenomenon phenomena; bacterium bacteria; referendum referenda; stadium stadia; index indices; matrix matrices;
appendix appendices; formula formulae; nucleus nuclei; fungus fungi; alumnus alumni; medium media; bureau bureaux;
chairman chairmen; fireman firemen; fisherman fishermen; gunman gunmen; policeman policemen; policewoman policewomen;
salesman salesmen; spokesman spokesmen; spokeswoman spokeswomen; businessman businessmen; businesswoman businesswomen; serviceman servicemen`;

/** Complete families: only these words, and no word more by its stem. */
const closed = `
news; organ organs; organism organisms; organic organically; united; unit units; unite unites uniting; unity;
import imports imported importing importer importers importation; important importantly importance;
general generals generally; generation generations generational; generate generates generated generating generator generators;
generous generously generosity; generic generics generically;
authority authorities; author authors authored authoring authorship;
authorise authorises authorised authorising authorisation authorisations authorize authorizes authorized authorizing authorization authorizations;
university universities; universe universes; universal universally;
terror terrors terrorism terrorist terrorists terrorise terrorises terrorised terrorising terrorize terrorizes terrorized terrorizing;
community communities; commune communes communal; communism communist communists;
communicate communicates communicated communicating communication communications communicator communicators;
capital capitals; capitalism capitalist capitalists; social socially; socialism socialist socialists;
politics political politically politician politicians; polite politely politeness;
opera operas; executive executives; execute executes executed executing execution executions executioner executioners;
relative relatives relatively relativity; ration rations rationed rationing; rational rationally;
emergency emergencies; emerge emerges emerged emerging emergence; several; severe severely severity; sever severs severed severing;
customer customers; custom; customs; officer officers; office offices; internal internally internals; intern interns interned interning internment internship internships;
informal informally; experiment experiments experimented experimenting experimental experimentation;
designate designates designated designating designation designations; digital digitally;
engineer engineers engineered engineering; majority majorities; minority minorities; morale; objective objectives objectively;
physics physicist physicists; physical physically; physician physicians; positive positively positives;
professor professors; protestant protestants; publication publications; publicity; publish publishes published publishing publisher publishers;
personality personalities; new newer newest newly; arms; goods; means; media medium mediums; past; paste pastes pasted pasting;
probate; racism racist racists; race races raced racing racer racers; institute institutes instituted;
science sciences scientific scientist scientists; competence competent; compete competes competed competing competition competitions competitive competitor competitors;
policy policies; police polices policed policing; minister ministers; ministry ministries;
secret secrets secretly secrecy; secretary secretaries; human humans; humanity; humane humanely; humanitarian humanitarians;
nationality nationalities; nationalism nationalist nationalists; nationalise nationalises nationalised nationalising nationalisation nationalize nationalizes nationalized nationalizing nationalization;
hack hacks hacked hacking hacker hackers; tax taxes taxed taxing taxation taxable;
activist activists activism; activity activities; admiral admirals admiralty; candidate candidates candidacy candidature candidatures;
comprehensive comprehensively comprehensives; conference conferences conferencing; conservative conservatives conservatism conservatively;
consistent consistently consistency; contention contentions contentious; conversation conversations conversational;
corporal corporals; detective detectives; dictator dictators dictatorship dictatorships; empirical empirically; evening evenings;
extensive extensively; formation formations; hospital hospitals hospitalise hospitalised hospitalisation hospitalize hospitalized hospitalization hospitalizations;
hospitality hospitable; identity identities; incidence incidences; incidental incidentally; initiative initiatives;
integrity; integral integrals; irony ironies ironic ironically; journalism journalist journalists journalistic;
lateral laterally laterals; literal literally; literate literates literacy; mechanism mechanisms; mineral minerals; nominal nominally;
opposition oppositions; opposite opposites; paradise paradises; pastoral; populism populist populists;
privatise privatises privatised privatising privatisation privatisations privatize privatizes privatized privatizing privatization privatizations;
progressive progressives progressively; respective respectively; responsible responsibly responsibility responsibilities;
specialist specialists; succession successions successive successively; terminal terminals terminally; treatise treatises;
underlie underlies underlying underlay underlain; president presidents presidential presidency presidencies;
alienate alienates alienated alienating alienation; appendicitis; commandment commandments; compassion compassionate; convent convents;
cooper coopers; decade decades; decimal decimals; diverse diversely diversity; environs; fabric fabrics; facile; factorial; finely;
grateful gratefully; impersonal; liquidate liquidates liquidated liquidating liquidation liquidations liquidator liquidators;
memorial memorials; miser misers miserly; negligible negligibly; opportunism opportunist opportunists opportunistic;
optimism optimist optimists optimistic; procession processions; resolute resolutely; revelation revelations; stately; suspense; wit wits witty;
according accordingly; hardly; lately; mostly; nearly; odds; presently; quite; shortly; civil; civilian civilians; civilisation civilisations civilization civilizations`;

/** A word of a closed family → what names it. */
export const closedFamilies: ReadonlyMap<string, string> = keyed(closed);

/** An irregular form → the word that rules can go on from. */
export const baseForms: ReadonlyMap<string, string> = keyed(irregulars);

function keyed(lines: string): ReadonlyMap<string, string> {
  const families = lines.split(';').map((line) => line.trim().split(/\s+/));
  return new Map(families.flatMap(([base = '', ...others]) => [base, ...others].map((word) => [word, base] as const)));
}
