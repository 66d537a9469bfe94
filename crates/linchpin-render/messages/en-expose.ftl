# Who can stop it: exposure, headroom, stop shares, companies.

## Columns

col-commodity = Trade line
col-doe-2023 = DOE 2023
col-elements = Because of
col-eu-2023 = EU 2023
col-geopolrisk = GeoPolRisk score
col-hhi = HHI
col-hhi-company = HHI by company
col-hhi-governance = HHI weighted by governance
col-hhi-owner = HHI by owner's country
col-import-risk = Import risk
col-owner-known = Owner known
col-owner-largest = Largest owner's country
col-owner-share = Owner's share
col-reliance = Net import reliance
col-supply-risk-eu = SR (EU formula) EoL 0, SI 1
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

note-classes = The worst class that a list gives any element inside, blank where it names none; the elements are those that have it on one of the lists.
note-concentration = Shares of the latest published output of running sites not after { $year }, by the country they stand in. HHI: sum of squared shares, 1 for a sole supplier. Unnamed: countries that a source does not tell apart; they count in the whole and in no square, so that the HHI is a lower bound, too low by at most their share squared. Weighted by governance: each square times the country's political instability, 0 to 1. Concentrates are markets of one kind of deposit each.
note-geopolrisk = GeoPolRisk of { $country }: HHI × import risk. Import risk: sum over origins of share of imports × instability, times the net import reliance, held between 0 and 1. The shares are those of a trade line, which may cover more than the item. Where the country also exports, the reliance is smaller than imports over production and imports, and the risk is a lower bound.
note-governance-unknown = No governance figure, so instability is 0.5 and governance 5 of 10 by convention: { $countries }.
note-no-imports = No data for { $markets } of { $all } markets: the atlas has no import shares, no reliance or no governance for { $country }. World shares are never put in their place.
note-ownership = By the country of the ultimate owner. Output without a known owner counts at the country it stands in; "owner known" is the share that does not. HHI by company: only where owners are known for { $known } or more. Markets without any known owner, left out: { $without }.
note-shares = Share: by the country the site stands in. Owner's share: by the owner's country, output without a known owner counted where it stands; no data where no owner is known.
note-silent = Running sites that publish no output and are in no share: { $sites }.
note-supply-risk-eu = SR is the EU's formula applied to { $country }, not a published value. The end-of-life recycling input rate is set to 0 and the substitution index to 1, since the atlas has neither: an upper bound as to these two. The trade parameter t is 1 for every country for want of data. Unnamed countries add no square.
note-unnamed-origin = Markets whose imports come in part from unnamed countries, at instability 0.5 by convention: { $markets }.
note-unrated = No data on governance for { $markets } of { $all } markets.

## Tables

table-classes = Published classes of what is inside
table-concentration = How concentrated each market is
table-ownership = Who owns it
table-shares = Each market, country by country
table-supply-risk = Supply risk of the country of assembly
