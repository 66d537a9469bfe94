# Who can stop it: exposure, headroom, stop shares, companies.

## Columns

col-commodity = Trade line
col-doe-2023 = DOE 2023
col-elements = Because of
col-energy = Energy per kg
col-energy-high = Energy per kg, high
col-energy-low = Energy per kg, low
col-eu-2023 = EU 2023
col-geopolrisk = GeoPolRisk score
col-hhi = HHI
col-hhi-company = HHI by company
col-hhi-governance = HHI weighted by governance
col-hhi-owner = HHI by owner's country
col-import-risk = Import risk
col-next = Hangs on
col-owner-known = Owner known
col-owner-largest = Largest owner's country
col-owner-share = Owner's share
col-qualification = Qualify
col-qualification-high = Qualify, high
col-qualification-low = Qualify, low
col-reliance = Net import reliance
col-replaces = Instead of
col-sold = Its market
col-supply-risk-eu = SR (EU formula) EoL 0, SI 1
col-temperature = Limit in °C
col-temperature-high = Limit in °C, high
col-temperature-low = Limit in °C, low
col-torque = Torque
col-torque-high = Torque, high
col-torque-low = Torque, low
col-unnamed = Unnamed
col-usgs-2025 = USGS 2025

## Conventions of a definition

given-governance = 5 of 10 by convention: no governance figure
given-instability = 0.5 by convention: no governance figure

## Classes

class-critical = critical
class-elevated = elevated
class-high = high
class-limited = limited
class-moderate = moderate
class-near-critical = near critical
class-not-critical = not critical

## Notes

note-chain = From the ground to the robot. Hangs on: the next market with a known output through which more than half of the need passes; blank where the maker of the robot or of a part buys it. Goes into: the next market on the way of most of the need, known or not.
note-classes = The worst class that a list gives any element inside, blank where it names none; the elements are those that have it on one of the lists.
note-concentration = Shares of the latest published output of running sites not after { $year }, by the country they stand in. HHI: sum of squared shares, 1 for a sole supplier. Unnamed: countries that a source does not tell apart; they count in the whole and in no square, so that the HHI is a lower bound, too low by at most their share squared. Weighted by governance: each square times the country's political instability, 0 to 1. Concentrates are markets of one kind of deposit each.
note-geopolrisk = GeoPolRisk of { $country }: HHI × import risk. Import risk: sum over origins of share of imports × instability, times the net import reliance, held between 0 and 1. The shares are those of a trade line, which may cover more than the item. Where the country also exports, the reliance is smaller than imports over production and imports, and the risk is a lower bound.
note-governance-unknown = No governance figure, so instability is 0.5 and governance 5 of 10 by convention: { $countries }.
note-ladder = Share of the output that is told; no data where plants run and none tells its output. Feeds (in concentrates) are what the mines give of each oxide.
note-no-imports = No data for { $markets } of { $all } markets: the atlas has no import shares, no reliance or no governance for { $country }. World shares are never put in their place.
note-only-shares = Nobody publishes a quantity for these, so published shares of sales or of capacity are read, and what they leave is unnamed: { $items }.
note-ownership = By the country of the ultimate owner. Output without a known owner counts at the country it stands in; "owner known" is the share that does not. HHI by company: only where owners are known for { $known } or more. Markets without any known owner, left out: { $without }.
note-shares = Share: by the country the site stands in. Owner's share: by the owner's country, output without a known owner counted where it stands; no data where no owner is known.
note-silent = Running sites that publish no output and are in no share: { $sites }.
note-sites = Running plants. No data where no figure is published. A plant without a published place stands in the country of its headquarters.
note-substitute = Shares of what is replaced. Torque (of a screw force): in the same place. Mass: of a magnet in the same place, of a cell for the same energy; energy per kg says the same the other way round. Limit: the ratio of two temperatures in °C. Nearly all are assumed. No stop share counts on a substitute: until one is qualified the line stands.
note-supply-risk-eu = SR is the EU's formula applied to { $country }, not a published value. The end-of-life recycling input rate is set to 0 and the substitution index to 1, since the atlas has neither: an upper bound as to these two. The trade parameter t is 1 for every country for want of data. Unnamed countries add no square.
note-unnamed-origin = Markets whose imports come in part from unnamed countries, at instability 0.5 by convention: { $markets }.
note-unrated = No data on governance for { $markets } of { $all } markets.

## Tables

table-chain = The markets as a chain
table-classes = Published classes of what is inside
table-concentration = How concentrated each market is
table-ladder = Each step, country by country
table-ownership = Who owns it
table-shares = Each market, country by country
table-sites = Every plant behind it
table-substitute = What could stand in
table-supply-risk = Supply risk of the country of assembly

## Losses, headroom, leaving

col-behind = Hidden behind
col-elsewhere = Elsewhere from
col-enters = Enters
col-everything = All of it
col-extra = Extra
col-extra-high = Extra, high
col-extra-low = Extra, low
col-headroom = Headroom
col-headroom-high = Headroom, high
col-headroom-low = Headroom, low
col-headroom-outside = Less largest
col-headroom-own = Own
col-holds = Holds
col-kind = What
col-limit = Limit (pro rata)
col-lost = Lost
col-makers = Makers
col-makers-left = Makers in what is left
col-makers-spared = Its makers not among the lost
col-market = Market
col-mode = Loses
col-outbid = Outbid
col-outbid-spare = Outbid + spare
col-own = Own lanes
col-own-high = Own lanes, high
col-own-low = Own lanes, low
col-plants = Plants hit
col-policy = Who is served
col-price-elsewhere = Price elsewhere
col-pro-rata = Pro rata
col-pro-rata-spare = Pro rata + spare
col-stop = Stop share
col-stop-high = Stop share, high
col-stop-low = Stop share, low
col-stop-spare = With spare capacity
col-stop-spare-high = With spare capacity, high
col-stop-spare-low = With spare capacity, low
col-share-of-part = Share of the part
col-vendor = Supplier
col-vendor-part = Part
col-takes = Robots take
col-told = Known for
col-usd = One robot
col-usd-high = One robot, high
col-usd-low = One robot, low
col-way = Alternative
control-licence = It is a licence: the answer is as if none were granted.
control-quota = It is a quota: only a part is stopped; this answer stops all of it.
control-status = The control: { $status ->
    [in_force] in force
    [suspended] suspended
    [ended] ended
    [expired] expired
    [announced] announced, not in force
   *[unknown] whether it is in force is unknown
}{ $until ->
    [none] {""}
   *[other] { $status ->
        [ended] { " " }on { $until }
        [expired] { " " }on { $until }
        [unknown] ; the day given is { $until }
       *[other] { " " }until { $until }
    }
}, as the atlas has it.
control-target = Its own destination: { $to }.
enters-inside = only inside bought parts
enters-itself = bought as such
kind-company = company
kind-country = country
kind-site = plant
leave-none = none known
leave-priced = priced
leave-unknown = no maker known
leave-unpriced = makers, no price
leaving-known-extra = extra where a price elsewhere is known
leaving-today = parts as bought today, published
leaving-without = parts without China, published
loss-exports = { $what } exports nothing abroad; { $product }, assembled in { $country }, at { $volume } robots a year
loss-exports-to = { $what } exports nothing to { $to }; { $product }, assembled in { $country }, at { $volume } robots a year
loss-output = { $what } makes nothing; { $product }, assembled in { $country }, at { $volume } robots a year
mode-exports = exports
mode-none = —
mode-output = output
note-headroom = Headroom: robots a year beyond today at which spare capacity, capacity less output of the plants that publish both, runs out; the first is the wall. All of it: if robots took the whole market. Less largest: without the country that makes most. Known for: share of the output whose plants publish capacity too; below 50 % the headroom is a lower bound, and no wall.
note-headroom-without = Headroom: robots a year beyond today at which spare capacity, capacity less output of the plants that publish both, runs out; the first is the wall.  Known for: share of the output whose plants publish capacity too; below 50 % the headroom is a lower bound, and no wall.
note-hit = Plants hit of all running ones; share of the published output. What enters only inside bought parts stops the robot wherever those parts are made.
note-leaving = Leaving { $from }. Bought lines with known makers there: { $priced } with a known price elsewhere (what your suppliers ask comes before what is published), { $unpriced } with makers elsewhere and no price, { $none } without any other known maker. No maker known at all: { $unknown }. Not from there: { $untouched }. What is cheaper elsewhere counts as no extra.
note-single = Plants, companies and countries whose loss of output alone stops every robot. Even if robots outbid: though all others use what they have and robots outbid everybody; makers that the atlas does not know are not counted. By your suppliers: if nobody buys elsewhere; another maker could be qualified. Hidden behind: a market where the maker sees several suppliers, all of which rest on it.
note-single-none = Nothing known stops every robot alone, if all others use what they have and robots outbid everybody.
single-market = even if robots outbid
single-own = by your suppliers
note-headroom-brief = Robots a year at which spare capacity runs out; the first is the wall. Known for: share of the output whose plants publish capacity too; below 50 % the headroom is a lower bound. All markets: linchpin expose
note-rests = { $what } rests on { $numbers }.
note-stops-brief = Share of the robots not made, for the three countries that take most away; the first row is what is short without any loss, and is in the numbers of the market, not in those of own lanes. Own lanes: between these ends, no lane of this maker being published. Pro rata: every buyer gets the same share. Outbid: robots pay what it takes at every stage. + spare: where plants that are left use what spare capacity they publish. Ranges: over what nobody publishes. Nothing is swapped: an alloy that lacks one element counts as lost. All losses: linchpin expose
note-stops-brief-own = Share of the robots not made, for the three countries that take most away; the first row is what is short without any loss, and is in the numbers of the market, not in those of own lanes. Own lanes: by the suppliers of your list, nobody buying elsewhere; countries without which most stops there come first, of equal ones those from which most of your parts come. Pro rata: every buyer gets the same share. Outbid: robots pay what it takes at every stage. + spare: where plants that are left use what spare capacity they publish. Ranges: over what nobody publishes. Nothing is swapped: an alloy that lacks one element counts as lost. All losses: linchpin expose
note-stop = Share of the robots that is not made. Own lanes: nobody re-sources; an interval over all flows that fit what is known. Pro rata: every buyer gets the same share. Outbid: robots pay what it takes at every stage. With spare capacity: plants that are left use theirs. Ranges: over what nobody publishes.
note-stop-inside = Parts made inside: what the maker buys in parts that are made behind the closed border need not cross it, unless the parts may not leave either.
note-stops = Share of the robots that is not made; the first row is what is short without any loss, and is in the numbers of the market below it, not in those of own lanes. Own lanes: between these ends, for all flows that fit what is known. Exports: to everywhere abroad. + spare: where plants that are left use their spare capacity; what nobody publishes counts as none. Ranges: over what nobody publishes. Losses that take the assembly itself are left out: they stop everything.
note-unmade = Bought parts of which no maker is known, left out of stop shares: { $items }.
note-vendors = Share of the part: as your vendor list tells it; all where it names nobody else. Stops: share of the robots that is not made while this company makes nothing in the country of the plant, for this part and for others, and nobody buys elsewhere, between the ends that what is not told allows. One part does not stand in for another.
note-vendors-shown = { $shown } of { $all } lines, the largest shares; all: linchpin expose --limit { $all }
policy-outbid = market, robots outbid
policy-outbid-inside = robots outbid, if parts were made inside
policy-own = own lanes
policy-pro-rata = market, pro rata
policy-pro-rata-inside = pro rata, if parts were made inside
note-stop-range = The range here is what the figures leave open; the one in the table is over what nobody publishes.
reach-end-user = the rule follows the item to its end user
reach-re-export = third countries pass the items on
reach-de-minimis = foreign-made items fall under it from { $share } of hit content
col-headroom-left = Less what is lost
col-pro-rata-low = Pro rata, low
col-pro-rata-high = Pro rata, high
col-outbid-low = Outbid, low
col-outbid-high = Outbid, high
enters-made = made by the maker
story-beyond = Beyond the wall: spare capacity of { $wall } runs out at { $volume }; part of the robots is not made even if nothing is lost. Robots take { $share } of today's { $most }.
story-noticed = Below the wall, and noticed: spare capacity runs out first for { $wall }, at { $volume } robots a year; robots take { $share } of today's { $most }, so that what they outbid others for is missing elsewhere.
story-unknown = No market behind this robot tells the capacity of at least half of its output: the wall is not known.
story-unnoticed = Far below the wall: spare capacity runs out first for { $wall }, at { $volume } robots a year; robots take at most { $share } of any market ({ $most }), so that who outbids is served as long as anyone makes it, and who depends on one lane is not.
table-headroom = Headroom: at what volume spare capacity runs out
table-hit = Markets that are hit
table-leaving = What leaving costs, line by line
table-leaving-total = What leaving costs
table-single = Single points of failure
table-stop = What this loss stops
table-stops = What each loss stops
table-vendors = Your suppliers: what stops without each
substitute-apart = another, with makers left
substitute-reached = the loss reaches it
substitute-stopped = all its makers are hit
substitute-unmade = no maker known
