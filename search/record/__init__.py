"""What buyers look for, click and do not find, week by week, without saying who; and sellers invited to list it."""
