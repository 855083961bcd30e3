-- A day and month with a family name and an initial is a block too: whoever registered before is put into it.
update volunteers set compared = false where compared and state <> 'withdrawn';
