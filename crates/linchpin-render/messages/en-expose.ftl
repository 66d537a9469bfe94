# Who can stop it: exposure, headroom, stop shares, companies.
