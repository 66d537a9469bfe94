# Published claims set against the model.

audit-headline = { $claim }: { $verdict }
audit-own = { $claims } published claims on the content of robots are not set against { $product }, which nobody who published them has seen. Against a robot of the atlas: --product optimus, g1 or walker
audit-headline-why = { $claim }: { $verdict }; { $why }
audit-summary = { $claims } claims, those on robots set against { $product }: { $fail } fail, { $open } cannot be told, { $hold } hold. { $misquoted } { $misquoted ->
        [one] is
       *[other] are
    } quoted otherwise than published, { $unsourced } come without a source.
col-claim-id = Claim
col-claimed = Claimed
col-claimed-high = Claimed, high
col-claimed-low = Claimed, low
col-explain = Take it apart
col-origin = Origin
col-quoted = Quoted
col-ratio = Ratio
col-rule = Because
col-statement = Claim in words
col-why = Why
note-audit = Ratio: recomputed over claimed. A claim holds if it meets the recomputed range, widened by { $tolerance } for rounding; it cannot be told if a figure is missing, if the range also meets half and twice the claim or spans more than a factor of { $widest }, or if what has no stated content may hide the rest. Claims are no input of any answer. One claim in full: linchpin audit --claim ID
note-worst = Ratio: recomputed over claimed. All claims: linchpin audit
quoted-no-source = no source
quoted-rightly = rightly
quoted-unknown = –
quoted-wrongly = wrongly
rule-agrees = meets the range, widened by 10 %
rule-hidden = may be in what is unknown
rule-no-data = a figure is missing
rule-read = by reading
rule-too-high = above the range
rule-too-low = below the range
rule-wide = range too wide
table-audit = Published claims that are farthest off
table-claims = Two verdicts, the farthest off first
table-reason = In words, and why
word-fails = fails
word-holds = holds
