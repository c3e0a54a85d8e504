/**
 * Headlines of an ordinary day, invented for this file: what a watch is held against to see whether it would find nearly
 * everything. Politics, money, health, courts, weather, science, sport, culture, schools, roads, and small things.
 */
const text = `
Ministers set out plan for rural bus services
Government delays decision on new airport runway
Council approves budget after long debate
Parliament returns with full agenda after recess
MPs call for clearer rules on second jobs
Opposition promises review of business rates
Prime Minister to visit flood-hit towns this week
Chancellor rules out early budget
Peers send housing bill back to the Commons
Voters head to the polls in three by-elections
Mayor wins second term with narrow majority
Coalition talks enter third week
President signs climate law after months of talks
Lawmakers divided over pension age
Foreign ministers meet for talks on border dispute
UN chief urges calm ahead of vote
EU leaders agree new rules on farm support
Brussels opens inquiry into steel imports
Senate committee hears evidence on drug prices
Governor vetoes water rights bill
Cabinet reshuffle expected before the summer
Health Secretary announces extra funding for clinics
Home Secretary faces questions over asylum backlog
Defence review to be published next month
Minister defends changes to school transport
Government loses vote on planning amendments
Public inquiry hears from former officials
Watchdog criticises handling of contracts
Civil servants vote on strike over office attendance
Local elections: what to watch for
Turnout rises in regional ballot
Court rules against ban on street performers
Referendum date set for early spring
New ambassador presents credentials
Leaders sign trade deal after decade of talks
Embassy reopens after five years
Ceasefire holds as aid convoys arrive
Peace talks resume in neutral capital
Thousands displaced by fighting in northern province
Army says drone attack was intercepted
Protesters block roads in the capital
Opposition leader released on bail
Border crossing reopens for lorries
Election observers report calm voting
Interim government names economic team
Sanctions extended for another year
Navy escorts cargo ships through strait
Hostages freed after weeks of negotiation
Aid agencies warn of food shortages
Summit ends without agreement on fishing rights
Interest rates held for third month
Inflation eases as food prices fall
Central bank warns of slow growth
House prices rise for fifth month in a row
Wage growth outpaces inflation for first time in a year
Shares slide after weak retail figures
Oil prices climb on supply worries
Pound steady against the dollar
Retailer to close 40 shops
Supermarket chain cuts price of staples
Carmaker recalls 20,000 vans over brake fault
Airline adds winter routes
Bank fined over late payments
Energy firm reports record profit
Energy bills to fall slightly from April
Water company fined for sewage spills
Steelworks saved by late rescue deal
Factory closure puts 600 jobs at risk
Unemployment falls to five-year low
Small firms struggle to find staff
Regulator blocks takeover of broadband group
Tech firm to build data centre in former colliery
Start-up raises funds for battery plant
Brewer toasts strong summer sales
Toy maker warns of price rises at Christmas
Pension funds back green bonds
Tax receipts higher than expected
Union and rail operators reach pay deal
Post office branches to open on Sundays
Mortgage lenders cut rates again
Consumer confidence at highest since spring
Fashion brand moves production closer to home
Shoppers return to the high street
Farmers protest over milk prices
Fishing fleet tied up by storms and quotas
Hotel group plans 1,000 new jobs
Budget airline to charge for cabin bags
Gold hits new high as investors seek safety
Trade deficit narrows unexpectedly
Insurers face bill for winter storms
Delivery riders win right to sick pay
Coffee prices jump after poor harvest
Tourism chiefs hope for record summer
Shipbuilder wins order for four ferries
Regulator to cap fees on cash machines
Rare earths project gets green light
Hospital opens new children's wing
Waiting lists fall for second month
Doctors vote to accept pay offer
Nurses warn of winter pressure
Study links sleep to heart health
Vaccine trial shows promise
Flu cases rise earlier than usual
Hospital says sorry for cancelled operations
Dentists leave public service in rural areas
New scanner cuts wait for cancer tests
Researchers find gene behind rare disease
Pharmacies to offer blood pressure checks
Ambulance response times improve
Care homes struggle to recruit
Health warning over counterfeit medicine
Heatwave: advice for older people
Midwives call for safer staffing
Doctors urge caution over weight-loss jabs
Surgeons use robot for first time in region
Mental health support offered in colleges
Measles outbreak closes nursery
Air quality alert issued for the weekend
Clean water reaches last village in valley
Fewer young people smoke, survey finds
Obesity plan focuses on school meals
Scientists grow skin for burns patients
Hearing tests available in shops
Blood donors needed before holidays
Trial of shorter working week cuts sick days
Police appeal for witnesses after crash
Man charged after break-in at museum
Woman jailed for fraud against charity
Two arrested over warehouse fire
Detectives search woodland for evidence
Police officer cleared of misconduct
Court hears of plot to steal paintings
Jury retires in insurance fraud trial
Teenager found safe after three days
Gang sentenced for smuggling tobacco
Thieves take lead from church roof
Judge lifts reporting restrictions
Cold case reopened after 30 years
Inquest opens into quarry death
Driver banned after 120mph chase
Police seize cannabis worth £2m
Prison inspectors find improvements
Burglary rates fall in the suburbs
Fire service tackles blaze at recycling centre
Lifeboat rescues family cut off by tide
Mountain rescuers warn of icy paths
Bomb disposal team called to beach
Bank card scam targets pensioners
Counterfeit goods found in market raid
Murder trial hears from neighbours
Terror suspect remanded in custody
Knife amnesty collects hundreds of blades
Probation service to be reviewed
Missing hiker found alive
Appeal court overturns planning ruling
Storm brings down trees across the north
Flood warnings in place along the river
Snow closes schools in the hills
Heat record broken in three cities
Drought orders lifted after wet month
Wildfire forces hundreds from homes
Earthquake shakes island, no injuries reported
Volcano eruption halts flights
Hurricane season expected to be busy
Forecasters predict mild autumn
Fog delays morning flights
Tide of seaweed worries beach resorts
Landslide blocks coastal railway
Rain brings relief to farmers
Early frost threatens apple crop
Lightning strikes church spire
Sea defences to be raised after surge
Weather: sunny spells and scattered showers
Cyclone weakens as it nears coast
Glacier retreat reveals ancient path
Beavers return to river after centuries
Wind farm approved off the east coast
Solar panels to be fitted on schools
Campaigners plant a million trees
Rare orchid found on motorway verge
Plastic waste falls after bottle scheme
Peat bogs to be restored in upland project
Bees thrive in city rooftop hives
Oil spill cleaned from harbour
Nuclear plant to run ten more years
Carbon capture site begins tests
Sea eagles nest on cliff for first time
River clean-up volunteers fill 200 bags
Climate scientists warn of warmer seas
National park wins dark sky status
Hedgehog numbers rise in towns
Battery recycling plant opens
Salmon stocks at lowest on record
Fox cub rescued from drain
Whale stranding puzzles scientists
New reservoir planned to secure supply
Tree disease spreads to new counties
Clean air zone extended
Electric buses arrive in the city
Hydrogen train makes first trip
Heat pump grants run out early
Telescope captures birth of distant star
Moon lander sends first pictures
Rocket launch delayed by wind
Astronauts return after six months
Asteroid to pass close to Earth
Fossil of giant reptile found on beach
Archaeologists uncover Roman bathhouse
Physicists measure particle with new precision
Chemists make plastic that breaks down in sea water
Mathematicians solve 50-year-old puzzle
Satellite tracks methane leaks
DNA reveals origins of medieval villagers
Ice core reveals ancient climate
Robot explores deep ocean trench
Study finds crows can count
New species of frog discovered
Prehistoric footprints found on shore
Ancient manuscript decoded by students
Researchers develop bendable screen
Laboratory creates coldest place on Earth
Phone maker unveils thinner handset
Social network tests paid accounts
Messaging app adds group calls
Chip factory to double output
Software fault grounds flights
Hackers steal customer data from retailer
Ransomware attack hits city council
Encryption debate returns to parliament
Search engine adds summaries to results
Regulator examines app store fees
Artificial intelligence tool spots faults in bridges
Schools test online lessons with AI tutors
Video game studio announces sequel
Streaming service raises prices
Broadband rollout reaches remote islands
Password leak: what you should do
Smart meters to be replaced early
Self-driving taxis begin trial
Drone deliveries approved for islands
Laptop sales rebound
Online safety rules take effect
Privacy watchdog fines advertising firm
Digital identity scheme opens for tests
Mobile signal to improve on trains
Computer scientists win top prize
Cyber attack disrupts port
Data protection rules to be simplified
Children's screen time under review
Robots join warehouse staff
Web browser drops support for old systems
Cloud outage takes shops offline
Quantum computer passes milestone
Electric car sales slow
Undersea cable damaged by anchor
Satellite internet comes to ferries
Facial recognition cameras to be tested at stadium
Electronic passports to replace paper stamps
Social media age limit backed by parents
Fake reviews banned under new law
Late goal sends hosts into final
Striker signs new contract
Manager leaves after poor start
Captain ruled out with knee injury
City held to draw by promoted side
United win derby with late header
Rovers appoint new head coach
Cup upset as part-timers beat leaders
Goalkeeper saves two penalties
Champions begin season with defeat
Sprinter breaks national record
Cyclist wins mountain stage
Rower takes gold in single sculls
Swimmer qualifies for world championships
Tennis star withdraws with wrist problem
Qualifier reaches semi-final
Golf: rookie leads after second round
Rugby: hosts hold on for narrow win
Cricket: rain ends hopes of series win
Spinner takes six wickets on debut
Boxer to defend title in home town
Racing: favourite falls at last fence
Formula team unveils new car
Basketball league expands to 20 teams
Ice hockey final goes to seventh game
Women's league attendance doubles
Marathon route changed for roadworks
Stadium plans approved
Referees to explain decisions to fans
Club fined for crowd trouble
Transfer window: who moved where
Paralympic hopeful sets new best
Skier recovers from fall to win
Darts: teenager reaches final
Snooker champion crowned after marathon frame
Netball side unbeaten at halfway
Fans travel in record numbers
Athletics body changes false start rule
Coach suspended over team selection row
Hockey squad named for tour
Museum returns carved figures
Gallery opens with show of textile art
Novel set in lighthouse wins prize
Film festival opens with island drama
Orchestra appoints first woman conductor
Play about miners transfers to the capital
Singer announces farewell tour
Band reunites for charity concert
Lost silent film found in attic
Sculpture unveiled in town square
Poet laureate of county named
Theatre reopens after fire
Comedian returns to television
Drama series filmed in old shipyard
Library saved by volunteers
Book sales rise for third year
Dance company tours village halls
Painting sold for record sum
Choir of 1,000 sings in cathedral
Festival cancelled because of mud
Animated film tops box office
Radio station marks 50 years
Photography prize goes to student
Folk music revival fills pubs
Museum of toys to open
Opera staged in railway depot
Children's author visits schools
Castle opens secret passage to visitors
Brass band wins national title
Video artist wins award
Exam results: more top grades
Schools to teach money skills
Teachers vote on strike action
University cuts languages courses
Students face higher rents
Nursery places to be expanded
Headteacher bans phones in class
Apprenticeships rise in engineering
College merges with neighbour
School meals to include local food
Pupils return to rebuilt school
Scholarship fund opens for rural students
Literacy scheme shows results
Playground design competition won by pupils
Parents protest over school closure
University opens campus abroad
Chess club takes on the world
Adult learning courses fill up
New history curriculum proposed
Breakfast clubs open in 300 schools
Rail line to reopen after 60 years
Train fares to rise in March
Bridge closed for urgent repairs
Motorway junction to be widened
Ferry service suspended by high winds
Tram extension opens ahead of schedule
Bus drivers to strike next week
Cycle lanes divide town
Airport adds security lanes
Flights cancelled after radar fault
Roadworks to last until spring
Toll removed from river crossing
Station gets step-free access
Speed limit lowered on rural roads
Car park to become public garden
Lorry spill closes ring road
Night trains return to the north
Pothole repairs to cost millions
Canal reopens to boats
E-scooter trial extended
Homes plan for former airfield
Residents oppose tower block
Rents rise fastest in small cities
Empty shops to become flats
Cladding repairs delayed again
Housing charity warns of rise in evictions
Village shop saved by community
Market square to be pedestrianised
Town hall clock chimes again
Allotments under threat from road
Pub named best in the country
Baker revives 200-year-old recipe
Twins celebrate 100th birthday
Dog walks 40 miles to find old home
Lottery winner to fund playing field
Volunteers restore steam engine
Letter delivered after 70 years
Cat stuck on roof for three days
World's longest scarf goes on show
Wedding guests rescued by tractor
Message in a bottle crosses ocean
Food bank moves to larger building
Charity shop finds rare first edition
Village wins award for flowers
Recipe: autumn soup with beans
Five walks for a sunny weekend
Crossword: today's solution
Quiz of the week
In pictures: harvest festivals
Letters: readers on late trains
Obituary: engineer who built bridges
Editorial: time to mend the roads
Opinion: why small towns matter
Live: results as they come in
Business briefing: markets open higher
Morning headlines in brief
Correction: figures on rail use
Podcast: life on a remote island
Analysis: what the vote means for farmers
Explained: how council tax is set
Fact check: claims about wind power
Travel: three days by train
Review: a quiet play with a loud ending
Interview: the gardener who feeds a street
`;

export const sampleHeadlines: readonly string[] = text.trim().split('\n');
