-- What WhatsApp says to a rejection or a pause, and the category a template will have soon.
ALTER TABLE template ADD COLUMN advice TEXT;
ALTER TABLE template ADD COLUMN category_coming TEXT;
