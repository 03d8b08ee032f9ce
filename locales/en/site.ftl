site-name = Guildhall
