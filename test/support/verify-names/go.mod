module kubic.suse.com/test/verify-names

go 1.22
